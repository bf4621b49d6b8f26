package dev.facet.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The names of a deployment's tables, and their definitions.
 *
 * <p>There are three tables. The data table holds everything about galleries and applications,
 * under a partition key and a sort key. The key table holds the records of API keys, so that a key
 * check needs access to nothing else, and a listing of keys reads nothing else. The ledger holds
 * the ids of what was deleted, so that it is not lost with the data table.
 *
 * @param data galleries, subjects, operations, applications
 * @param keys records of API keys
 * @param ledger deletions
 * @param adopted whether the data table was not made for this deployment: it is used only after a
 *     restore
 */
public record Tables(String data, String keys, String ledger, boolean adopted) {

  /** The table names of a deployment that sets none. */
  public static final Tables DEFAULT = new Tables("facet", "facet-keys", "facet-ledger");

  /** Names tables that were made for this deployment. */
  public Tables(String data, String keys, String ledger) {
    this(data, keys, ledger, false);
  }

  /** Partition key of the data table and of the ledger: text. */
  public static final String PARTITION = "pk";

  /** Sort key of the data table and of the ledger: text. */
  public static final String SORT = "sk";

  /**
   * Attribute of the data table and of the ledger: the time, in seconds since 1970, from which an
   * item counts as absent. Readers check it; DynamoDB's time to live deletes the item within days.
   */
  public static final String EXPIRES = "expires";

  /** Partition key and only key of the key table: text, the hex HMAC of a key. */
  public static final String KEY_ID = "key_id";

  /** Creates missing tables, billed on demand, and waits until they exist. */
  public void create(DynamoDbClient client) {
    createExpiring(client, data);
    createIfMissing(client, keyTable());
    createExpiring(client, ledger);
  }

  private static void createExpiring(DynamoDbClient client, String table) {
    if (createIfMissing(client, sortedTable(table))) {
      client.updateTimeToLive(
          request ->
              request
                  .tableName(table)
                  .timeToLiveSpecification(ttl -> ttl.attributeName(EXPIRES).enabled(true)));
    }
  }

  private static boolean createIfMissing(DynamoDbClient client, CreateTableRequest table) {
    try {
      client.createTable(table);
    } catch (ResourceInUseException there) {
      return false;
    }
    client.waiter().waitUntilTableExists(request -> request.tableName(table.tableName()));
    return true;
  }

  private static CreateTableRequest sortedTable(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(text(PARTITION), text(SORT))
        .keySchema(key(PARTITION, KeyType.HASH), key(SORT, KeyType.RANGE))
        .build();
  }

  private CreateTableRequest keyTable() {
    return CreateTableRequest.builder()
        .tableName(keys)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(text(KEY_ID))
        .keySchema(key(KEY_ID, KeyType.HASH))
        .build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
