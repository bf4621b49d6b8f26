package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.LogErasure;
import dev.facet.core.gallery.LogErasureStore;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** {@link LogErasureStore} on the data table. */
public final class DynamoLogErasureStore implements LogErasureStore {

  private static final int MAX_ATTEMPTS = 3;

  private final DynamoDbClient client;
  private final String table;

  /** Creates a store on the data table. */
  public DynamoLogErasureStore(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.data();
  }

  @Override
  public List<LogErasure> pending(Instant now, int limit) {
    return IntStream.range(0, StoreKeys.ERASURE_SHARDS)
        .boxed()
        .flatMap(shard -> pending(shard, now, limit))
        .limit(limit)
        .toList();
  }

  private Stream<LogErasure> pending(int shard, Instant now, int limit) {
    Item values =
        Item.part()
            .text(":shard", StoreKeys.logErasures(shard))
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
        .map(LogErasureItems::from);
  }

  @Override
  public void add(LogErasure note) {
    calling(() -> client.putItem(put -> put.tableName(table).item(LogErasureItems.write(note))));
  }

  @Override
  public void remove(LogErasure note) {
    calling(() -> client.deleteItem(del -> del.tableName(table).key(LogErasureItems.key(note))));
  }

  @Override
  public Erased erase(GalleryId gallery, long seq, Set<SubjectId> subjects) {
    Map<String, AttributeValue> key = LogItems.entryKey(gallery, seq);
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      var row =
          calling(() -> client.getItem(get -> get.tableName(table).key(key).consistentRead(true)));
      if (!row.hasItem()) {
        return Erased.NOTHING;
      }
      ChangeRemoval removal = ChangeRemoval.of(row.item(), subjects);
      if (removal.isEmpty()) {
        return Erased.NOTHING;
      }
      try {
        client.updateItem(update -> removal.apply(update.tableName(table).key(key)));
        return removal.erased();
      } catch (ConditionalCheckFailedException changed) {
        // another sweep removed a change in between, so that the others have moved
      } catch (SdkException failure) {
        throw AwsFaults.fault(failure);
      }
    }
    throw new TransientFault(
        TransientFault.Kind.CONFLICT, "Another sweep is erasing templates of the same log entry.");
  }

  @Override
  public void shorten(GalleryId gallery, long bytes) {
    calling(
        () ->
            client.updateItem(
                update ->
                    LogItems.shorten(
                        update.tableName(table).key(LogItems.headKey(gallery)), bytes)));
  }
}
