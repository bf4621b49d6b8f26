package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.restore.Admission;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@link Admission} by an item of the data table. The item names its table: a copy that was not
 * restored admits nothing.
 */
public final class DynamoAdmission implements Admission {

  private static final String STATE = "state";
  private static final String ADMITTED = "admitted";
  private static final String RESTORING = "restoring";
  private static final String TABLE = "table";
  private static final String SINCE = "since";

  private final DynamoDbClient client;
  private final Tables tables;

  /** Creates access to the item of a data table. */
  public DynamoAdmission(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.tables = tables;
  }

  /** {@inheritDoc} Without the item, a table is admitted unless it was made by others. */
  @Override
  public boolean isAdmitted() {
    return read().map(this::isAdmitted).orElse(!tables.adopted());
  }

  private boolean isAdmitted(Item item) {
    return item.text(STATE).equals(ADMITTED) && isHere(item);
  }

  private boolean isHere(Item item) {
    return item.text(TABLE).equals(tables.data());
  }

  @Override
  public Instant close(Instant now) {
    Optional<Instant> since =
        read()
            .filter(item -> item.text(STATE).equals(RESTORING) && isHere(item))
            .map(item -> item.time(SINCE));
    if (since.isEmpty()) {
      put(Item.under(key()).text(STATE, RESTORING).text(TABLE, tables.data()).time(SINCE, now));
    }
    return since.orElse(now);
  }

  @Override
  public void admit() {
    put(Item.under(key()).text(STATE, ADMITTED).text(TABLE, tables.data()));
  }

  private void put(Item item) {
    calling(() -> client.putItem(put -> put.tableName(tables.data()).item(item.attributes())));
  }

  private Optional<Item> read() {
    var response =
        calling(
            () ->
                client.getItem(
                    get -> get.tableName(tables.data()).key(key()).consistentRead(true)));
    return response.hasItem() ? Optional.of(Item.from(response.item())) : Optional.empty();
  }

  private static Map<String, AttributeValue> key() {
    return Item.key(StoreKeys.RESTORE, StoreKeys.SINGLE);
  }
}
