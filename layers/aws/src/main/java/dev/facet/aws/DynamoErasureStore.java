package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.images.Erasure;
import dev.facet.core.images.ErasureStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@link ErasureStore} on the data table. */
public final class DynamoErasureStore implements ErasureStore {

  private final DynamoDbClient client;
  private final String table;
  private final DueNotesQuery notes;
  private final Deadlines deadlines;

  /**
   * Creates a store on the data table.
   *
   * @param clock the time for deadlines
   */
  public DynamoErasureStore(DynamoDbClient client, Tables tables, InstantSource clock) {
    this.client = client;
    this.table = tables.data();
    this.notes = new DueNotesQuery(client, table, StoreKeys::erasures);
    this.deadlines = new Deadlines(clock);
  }

  @Override
  public void add(Erasure erasure, Instant deadline) {
    calling(
        () ->
            client.putItem(
                put ->
                    put.tableName(table)
                        .item(ErasureItems.write(erasure))
                        .overrideConfiguration(deadlines.until(deadline))));
  }

  @Override
  public void remove(Erasure erasure, Instant deadline) {
    calling(
        () ->
            client.deleteItem(
                delete ->
                    delete
                        .tableName(table)
                        .key(ErasureItems.key(erasure))
                        .overrideConfiguration(deadlines.until(deadline))));
  }

  @Override
  public List<Erasure> due(Instant now, int limit) {
    return notes.due(now, limit).stream().map(ErasureItems::from).toList();
  }
}
