package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.images.Erasure;
import dev.facet.core.images.ErasureStore;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@link ErasureStore} on the data table. */
public final class DynamoErasureStore implements ErasureStore {

  private final DynamoDbClient client;
  private final String table;

  /** Creates a store on the data table. */
  public DynamoErasureStore(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.data();
  }

  @Override
  public void add(Erasure erasure) {
    calling(() -> client.putItem(put -> put.tableName(table).item(ErasureItems.write(erasure))));
  }

  @Override
  public void remove(Erasure erasure) {
    calling(() -> client.deleteItem(del -> del.tableName(table).key(ErasureItems.key(erasure))));
  }

  @Override
  public List<Erasure> due(Instant now, int limit) {
    return IntStream.range(0, StoreKeys.ERASURE_SHARDS)
        .boxed()
        .flatMap(shard -> due(shard, now, limit))
        .limit(limit)
        .toList();
  }

  private Stream<Erasure> due(int shard, Instant now, int limit) {
    Item values =
        Item.part()
            .text(":shard", StoreKeys.erasures(shard))
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
        .stream()
        .map(ErasureItems::from);
  }
}
