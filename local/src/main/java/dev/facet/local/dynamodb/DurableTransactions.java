package dev.facet.local.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB client that acknowledges a transaction only when it is on the disk.
 *
 * <p>DynamoDB Local acknowledges a transaction when its commit is in the queue of its one database
 * thread. A process that is killed at this moment loses an acknowledged transaction. Any later
 * request is executed after the commit, so this client sends one and waits for its response.
 */
final class DurableTransactions implements InvocationHandler {

  private static final AttributeValue NOTHING = AttributeValue.fromS("~");

  private final DynamoDbClient local;
  private final String table;

  private DurableTransactions(DynamoDbClient local, String table) {
    this.local = local;
    this.table = table;
  }

  /**
   * Returns a client that differs in transactions only.
   *
   * @param table any table with the keys {@code pk} and {@code sk}
   */
  static DynamoDbClient on(DynamoDbClient local, String table) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            new DurableTransactions(local, table));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      Object answer = method.invoke(local, arguments);
      if (method.getName().equals("transactWriteItems")) {
        local.getItem(
            nothing -> nothing.tableName(table).key(Map.of("pk", NOTHING, "sk", NOTHING)));
      }
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
