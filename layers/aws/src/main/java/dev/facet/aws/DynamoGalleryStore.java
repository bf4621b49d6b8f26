package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogPage;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Write;
import dev.facet.core.gallery.WriteSize;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * {@link GalleryStore} on the data table. Every read but that of history is strongly consistent,
 * and every commit is one {@code TransactWriteItems}.
 */
public final class DynamoGalleryStore implements GalleryStore {

  private final DynamoDbClient client;
  private final Tables tables;
  private final String table;
  private final InstantSource clock;
  private final Deadlines deadlines;

  /**
   * @param client has timeouts, such as the client of {@link AwsClients#dynamoDb}
   * @param tables the names of the tables
   * @param clock the time for deadlines and for the expiry of operations
   */
  public DynamoGalleryStore(DynamoDbClient client, Tables tables, InstantSource clock) {
    this.client = client;
    this.tables = tables;
    this.table = tables.data();
    this.clock = clock;
    this.deadlines = new Deadlines(clock);
  }

  @Override
  public GalleryHead head(GalleryId gallery, Instant deadline) {
    return get(LogItems.headKey(gallery), deadline)
        .map(LogItems::headFrom)
        .orElse(GalleryHead.NONE);
  }

  @Override
  public LogPage log(GalleryId gallery, long from, Instant deadline) {
    return log(gallery, from, true, deadline);
  }

  @Override
  public LogPage history(GalleryId gallery, long from, Instant deadline) {
    return log(gallery, from, false, deadline);
  }

  private LogPage log(GalleryId gallery, long from, boolean consistent, Instant deadline) {
    Item values =
        Item.part()
            .text(":gallery", StoreKeys.gallery(gallery))
            .text(":from", StoreKeys.logEntry(from))
            .text(":head", StoreKeys.HEAD);
    QueryResponse page =
        calling(
            () ->
                client.query(
                    query ->
                        query
                            .tableName(table)
                            .consistentRead(consistent)
                            .keyConditionExpression("pk = :gallery AND sk BETWEEN :from AND :head")
                            .expressionAttributeValues(values.attributes())
                            .overrideConfiguration(deadlines.until(deadline))));
    List<LogEntry> entries = new ArrayList<>();
    GalleryHead head = page.hasLastEvaluatedKey() ? null : GalleryHead.NONE;
    for (Map<String, AttributeValue> row : page.items()) {
      if (LogItems.isHead(row)) {
        head = LogItems.headFrom(row);
      } else {
        entries.add(LogItems.entryFrom(row));
      }
    }
    return new LogPage(entries, head);
  }

  @Override
  public Optional<Subject> subject(GalleryId gallery, SubjectId subject, Instant deadline) {
    return get(SubjectItems.key(gallery, subject), deadline)
        .map(row -> SubjectItems.from(gallery.application(), row));
  }

  @Override
  public Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline) {
    return get(IdentifierItems.key(application, userIdentifier), deadline)
        .map(row -> IdentifierItems.from(application, row));
  }

  @Override
  public Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    return get(OperationItems.key(application, operation), deadline)
        .map(OperationItems::from)
        .filter(record -> clock.instant().isBefore(record.expires()));
  }

  @Override
  public Optional<String> imageBundle(ApplicationId application, Instant deadline) {
    return get(ImageGalleryItems.key(application), deadline).map(ImageGalleryItems::bundleFrom);
  }

  @Override
  public String recordImageBundle(ApplicationId application, String bundle, Instant deadline) {
    Put add = ImageGalleryItems.add(table, application, bundle);
    return calling(
        () -> {
          try {
            client.putItem(
                put ->
                    put.tableName(add.tableName())
                        .item(add.item())
                        .conditionExpression(add.conditionExpression())
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .overrideConfiguration(deadlines.until(deadline)));
            return bundle;
          } catch (ConditionalCheckFailedException recorded) {
            return ImageGalleryItems.bundleFrom(recorded.item());
          }
        });
  }

  private Optional<Map<String, AttributeValue>> get(
      Map<String, AttributeValue> key, Instant deadline) {
    return calling(
        () -> {
          var response =
              client.getItem(
                  get ->
                      get.tableName(table)
                          .key(key)
                          .consistentRead(true)
                          .overrideConfiguration(deadlines.until(deadline)));
          return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
        });
  }

  @Override
  public Optional<Operation> record(
      ApplicationId application, Operation operation, Instant deadline) {
    Put add = OperationItems.add(table, application, operation, clock.instant());
    return calling(
        () -> {
          try {
            client.putItem(
                put ->
                    put.tableName(add.tableName())
                        .item(add.item())
                        .conditionExpression(add.conditionExpression())
                        .expressionAttributeNames(add.expressionAttributeNames())
                        .expressionAttributeValues(add.expressionAttributeValues())
                        .returnValuesOnConditionCheckFailure(
                            add.returnValuesOnConditionCheckFailure())
                        .overrideConfiguration(deadlines.until(deadline)));
            return Optional.empty();
          } catch (ConditionalCheckFailedException done) {
            return Optional.of(OperationItems.from(done.item()));
          }
        });
  }

  @Override
  public WriteSize size(GalleryId gallery, Write write) {
    return Transaction.size(table, gallery, write);
  }

  @Override
  public CommitOutcome commit(Commit commit, Instant deadline) {
    Transaction transaction = new Transaction(tables, commit, clock.instant());
    return calling(
        () -> {
          try {
            client.transactWriteItems(
                request ->
                    request
                        .transactItems(transaction.items())
                        .clientRequestToken(commit.token())
                        .overrideConfiguration(deadlines.until(deadline)));
            return new CommitOutcome.Committed();
          } catch (TransactionCanceledException cancelled) {
            return transaction.outcome(cancelled);
          }
        });
  }
}
