package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyRegistry;
import dev.facet.core.revision.Revisioned;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@link KeyRegistry} on the key table. Reads are strongly consistent, so a disabled key is refused
 * at the next read.
 */
public final class DynamoKeyStore implements KeyRegistry {

  private final DynamoDbClient client;
  private final String table;
  private final RevisionedItems<KeyId, KeyRecord> items;

  /** Creates a store on the key table. */
  public DynamoKeyStore(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.keys();
    this.items = new RevisionedItems<>(client, table, new KeyItems());
  }

  @Override
  public Optional<Revisioned<KeyRecord>> read(KeyId id) {
    return items.read(id);
  }

  @Override
  public Revisioned<KeyRecord> put(@Nullable Revisioned<KeyRecord> expected, KeyRecord next) {
    return items.put(expected, next);
  }

  @Override
  public List<Revisioned<KeyRecord>> list() {
    return calling(
        () ->
            client
                .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .stream()
                .map(items::from)
                .sorted(Comparator.comparing(record -> record.value().whenCreated()))
                .toList());
  }

  @Override
  public void delete(Revisioned<KeyRecord> expected) {
    items.delete(expected);
  }
}
