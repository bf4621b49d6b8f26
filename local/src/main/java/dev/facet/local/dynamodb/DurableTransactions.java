package dev.facet.local.dynamodb;

import dev.facet.local.sdk.ClientProxy;
import java.util.Map;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Makes a DynamoDB client acknowledge a transaction only when it is on the disk.
 *
 * <p>DynamoDB Local acknowledges a transaction when its commit is in the queue of its one database
 * thread. A process that is killed at this moment loses an acknowledged transaction. Any later
 * request is executed after the commit, so the returned client sends one and waits for its
 * response.
 */
final class DurableTransactions {

  private static final AttributeValue UNUSED = AttributeValue.fromS("~");

  private DurableTransactions() {}

  /**
   * Returns a client that differs in transactions only.
   *
   * @param table any table with the keys {@code pk} and {@code sk}
   */
  static DynamoDbClient on(DynamoDbClient local, String table) {
    return ClientProxy.around(
        DynamoDbClient.class,
        local,
        (request, next) -> {
          SdkResponse response = next.send(request);
          if (request instanceof TransactWriteItemsRequest) {
            local.getItem(get -> get.tableName(table).key(Map.of("pk", UNUSED, "sk", UNUSED)));
          }
          return response;
        });
  }
}
