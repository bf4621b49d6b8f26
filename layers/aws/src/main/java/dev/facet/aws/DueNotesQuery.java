package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads notes that are spread over shards and sort by the time at which they are due. */
final class DueNotesQuery {

  private final DynamoDbClient client;
  private final String table;
  private final IntFunction<String> partition;

  /**
   * @param partition returns the partition of a shard, 0 to {@link StoreKeys#ERASURE_SHARDS} − 1
   */
  DueNotesQuery(DynamoDbClient client, String table, IntFunction<String> partition) {
    this.client = client;
    this.table = table;
    this.partition = partition;
  }

  /** Returns the items of at most so many notes that are due. */
  List<Map<String, AttributeValue>> due(Instant now, int limit) {
    return IntStream.range(0, StoreKeys.ERASURE_SHARDS)
        .boxed()
        .flatMap(shard -> due(shard, now, limit))
        .limit(limit)
        .toList();
  }

  private Stream<Map<String, AttributeValue>> due(int shard, Instant now, int limit) {
    Item values =
        Item.part()
            .text(":shard", partition.apply(shard))
            .text(":until", StoreKeys.erasuresUntil(now.getEpochSecond()));
    return calling(
        () ->
            client.query(
                query ->
                    query
                        .tableName(table)
                        .consistentRead(true)
                        .limit(limit)
                        .keyConditionExpression("pk = :shard AND sk < :until")
                        .expressionAttributeValues(values.attributes())))
        .items()
        .stream();
  }
}
