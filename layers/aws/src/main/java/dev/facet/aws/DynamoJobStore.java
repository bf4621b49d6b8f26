package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.jobs.JobId;
import dev.facet.core.jobs.JobState.Outcome;
import dev.facet.core.jobs.JobStore;
import dev.facet.core.jobs.Jobs;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** {@link JobStore} on the data table. */
public final class DynamoJobStore implements JobStore {

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;

  /** Creates a store on the data table. */
  public DynamoJobStore(DynamoDbClient client, Tables tables, InstantSource clock) {
    this.client = client;
    this.table = tables.data();
    this.clock = clock;
  }

  @Override
  public Optional<Outcome> find(JobId id) {
    var response =
        calling(
            () ->
                client.getItem(
                    get -> get.tableName(table).key(JobItems.key(id)).consistentRead(true)));
    return response.hasItem() && !JobItems.isExpired(response.item(), clock.instant())
        ? Optional.of(JobItems.from(response.item()))
        : Optional.empty();
  }

  @Override
  public void settle(JobId id, Outcome outcome) {
    Map<String, AttributeValue> item = JobItems.write(id, outcome, clock.instant().plus(Jobs.LIFE));
    Map<String, AttributeValue> values =
        Item.part()
            .flag(":no", false)
            .number(":now", clock.instant().getEpochSecond())
            .attributes();
    unlessItIsOtherwise(
        () ->
            client.putItem(
                put ->
                    put.tableName(table)
                        .item(item)
                        .conditionExpression(
                            "attribute_not_exists(pk) OR #final = :no OR #expires <= :now")
                        .expressionAttributeNames(
                            Map.of("#final", JobItems.FINAL, "#expires", Tables.EXPIRES))
                        .expressionAttributeValues(values)));
  }

  @Override
  public void revive(JobId id) {
    unlessItIsOtherwise(
        () ->
            client.deleteItem(
                delete ->
                    delete
                        .tableName(table)
                        .key(JobItems.key(id))
                        .conditionExpression("#final = :no")
                        .expressionAttributeNames(Map.of("#final", JobItems.FINAL))
                        .expressionAttributeValues(Item.part().flag(":no", false).attributes())));
  }

  /** Runs a conditional write. A failed condition means that there is nothing to change. */
  private static void unlessItIsOtherwise(Supplier<?> write) {
    calling(
        () -> {
          try {
            return Optional.of(write.get());
          } catch (ConditionalCheckFailedException otherwise) {
            return Optional.empty();
          }
        });
  }
}
