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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** {@link LogErasureStore} on the data table. */
public final class DynamoLogErasureStore implements LogErasureStore {

  private static final int MAX_CONFLICTS = 3;

  private final DynamoDbClient client;
  private final String table;
  private final DueNotesQuery notes;

  /** Creates a store on the data table. */
  public DynamoLogErasureStore(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.data();
    this.notes = new DueNotesQuery(client, table, StoreKeys::logErasures);
  }

  @Override
  public List<LogErasure> pending(Instant now, int limit) {
    return notes.due(now, limit).stream().map(LogErasureItems::from).toList();
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
    Erased erased = Erased.NOTHING;
    int conflicts = 0;
    while (conflicts < MAX_CONFLICTS) {
      var row =
          calling(() -> client.getItem(get -> get.tableName(table).key(key).consistentRead(true)));
      if (!row.hasItem()) {
        return erased;
      }
      ChangeRemoval removal = ChangeRemoval.of(row.item(), subjects);
      if (removal.isEmpty()) {
        return erased;
      }
      try {
        client.updateItem(update -> removal.apply(update.tableName(table).key(key)));
        erased = erased.plus(removal.erased());
      } catch (ConditionalCheckFailedException changed) {
        // another sweep removed a change in between, so that the others have moved
        conflicts++;
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
