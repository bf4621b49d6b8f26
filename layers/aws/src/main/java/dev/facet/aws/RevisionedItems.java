package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.revision.Conflicts;
import dev.facet.core.revision.Revisioned;
import dev.facet.core.revision.RevisionedStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * A {@link RevisionedStore} on a table. Reads are strongly consistent. The attribute {@code
 * revision} is absent from items of versions that did not count revisions; a write that replaces
 * such an item is conditional on each of its attributes.
 */
final class RevisionedItems<K, V> implements RevisionedStore<K, V> {

  private static final String REVISION = "revision";
  private static final String PARTITION_NAME = "#partition";
  private static final String REVISION_NAME = "#revision";
  private static final String REVISION_VALUE = ":revision";

  private final DynamoDbClient client;
  private final String table;
  private final Format<K, V> format;

  /** The stored form of records. */
  interface Format<K, V> {
    /** Returns the key of a record. */
    K key(V value);

    /** Returns the key's attributes; the first part of an item's key. */
    Map<String, AttributeValue> attributes(K key);

    /** Returns the item of a record, without its revision. */
    Item write(V value);

    /** Reads a record. */
    V read(Item item);
  }

  /** Creates a store on a table. */
  RevisionedItems(DynamoDbClient client, String table, Format<K, V> format) {
    this.client = client;
    this.table = table;
    this.format = format;
  }

  /** Reads an item of the table. */
  Revisioned<V> from(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new Revisioned<>(
        format.read(item), row.containsKey(REVISION) ? item.number(REVISION) : 0);
  }

  @Override
  public Optional<Revisioned<V>> read(K key) {
    var response =
        calling(
            () ->
                client.getItem(
                    get -> get.tableName(table).key(format.attributes(key)).consistentRead(true)));
    return response.hasItem() ? Optional.of(from(response.item())) : Optional.empty();
  }

  @Override
  public Revisioned<V> put(@Nullable Revisioned<V> expected, V next) {
    Revisioned<V> written = new Revisioned<>(next, expected == null ? 1 : expected.revision() + 1);
    Condition condition = expected == null ? absent(format.key(next)) : stored(expected);
    Item item = format.write(next).number(REVISION, written.revision());
    return calling(
        () -> {
          try {
            client.putItem(
                put ->
                    put.tableName(table)
                        .item(item.attributes())
                        .conditionExpression(condition.expression())
                        .expressionAttributeNames(condition.names())
                        .expressionAttributeValues(condition.values())
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return written;
          } catch (ConditionalCheckFailedException failed) {
            // the SDK repeats a write without a response; the first attempt may have been executed
            if (failed.hasItem() && from(failed.item()).equals(written)) {
              return written;
            }
            throw Conflicts.conflict();
          }
        });
  }

  @Override
  public void delete(Revisioned<V> expected) {
    Condition absent = absent(format.key(expected.value()));
    Condition stored = stored(expected);
    Map<String, String> names = new HashMap<>(stored.names());
    names.putAll(absent.names());
    calling(
        () -> {
          try {
            return client.deleteItem(
                delete ->
                    delete
                        .tableName(table)
                        .key(format.attributes(format.key(expected.value())))
                        .conditionExpression(
                            "%s OR (%s)".formatted(absent.expression(), stored.expression()))
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(stored.values()));
          } catch (ConditionalCheckFailedException failed) {
            throw Conflicts.conflict();
          }
        });
  }

  /** A condition expression; without values, {@code values} is null, as DynamoDB demands. */
  private record Condition(
      String expression, Map<String, String> names, @Nullable Map<String, AttributeValue> values) {}

  private Condition absent(K key) {
    String partition =
        format.attributes(key).containsKey(Tables.KEY_ID) ? Tables.KEY_ID : Tables.PARTITION;
    return new Condition(
        "attribute_not_exists(%s)".formatted(PARTITION_NAME),
        Map.of(PARTITION_NAME, partition),
        null);
  }

  private Condition stored(Revisioned<V> expected) {
    if (expected.revision() > 0) {
      return new Condition(
          "%s = %s".formatted(REVISION_NAME, REVISION_VALUE),
          Map.of(REVISION_NAME, REVISION),
          Map.of(REVISION_VALUE, AttributeValue.fromN(Long.toString(expected.revision()))));
    }
    StringBuilder expression =
        new StringBuilder("attribute_not_exists(%s)".formatted(REVISION_NAME));
    Map<String, String> names = new HashMap<>(Map.of(REVISION_NAME, REVISION));
    Map<String, AttributeValue> values = new HashMap<>();
    format
        .write(expected.value())
        .attributes()
        .forEach(
            (name, value) -> {
              int number = values.size();
              expression.append(" AND #a%d = :a%d".formatted(number, number));
              names.put("#a" + number, name);
              values.put(":a" + number, value);
            });
    return new Condition(expression.toString(), names, values);
  }
}
