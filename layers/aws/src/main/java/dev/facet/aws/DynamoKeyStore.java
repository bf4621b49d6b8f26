package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@link KeyRegistry} on the key table. Reads are strongly consistent, so a disabled key is refused
 * at the next read.
 */
public final class DynamoKeyStore implements KeyRegistry {

  private final DynamoDbClient client;
  private final String table;

  /** Creates a store on the key table. */
  public DynamoKeyStore(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.keys();
  }

  @Override
  public Optional<KeyRecord> find(KeyId id) {
    var response =
        calling(
            () ->
                client.getItem(
                    get -> get.tableName(table).key(KeyItems.key(id)).consistentRead(true)));
    return response.hasItem() ? Optional.of(KeyItems.from(response.item())) : Optional.empty();
  }

  @Override
  public void put(KeyRecord record) {
    calling(() -> client.putItem(put -> put.tableName(table).item(KeyItems.write(record))));
  }

  @Override
  public List<KeyRecord> list() {
    return calling(
        () ->
            client
                .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .stream()
                .map(KeyItems::from)
                .sorted(Comparator.comparing(KeyRecord::whenCreated))
                .toList());
  }

  @Override
  public void delete(KeyId id) {
    calling(() -> client.deleteItem(delete -> delete.tableName(table).key(KeyItems.key(id))));
  }
}
