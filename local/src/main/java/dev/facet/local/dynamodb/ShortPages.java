package dev.facet.local.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * A DynamoDB client that limits queries to pages of few rows, unless they set a limit themselves.
 *
 * <p>Without a limit, DynamoDB Local reads and decodes every row that matches the condition, and
 * only then cuts the page at 1 MB: reading a long log would take time quadratic in its length.
 * DynamoDB itself stops reading at 1 MB.
 */
final class ShortPages implements InvocationHandler {

  /** Fills two pages of 1 MB with rows of the maximum size, which are commits of 32 templates. */
  private static final int ROWS = 32;

  private final DynamoDbClient client;

  private ShortPages(DynamoDbClient client) {
    this.client = client;
  }

  /** Returns a client that differs in queries only. */
  static DynamoDbClient on(DynamoDbClient client) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            new ShortPages(client));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("query") && arguments != null) {
      return client.query(shortened(request(arguments[0])));
    }
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @SuppressWarnings("unchecked")
  private static QueryRequest request(Object argument) {
    return argument instanceof QueryRequest request
        ? request
        : QueryRequest.builder().applyMutation((Consumer<QueryRequest.Builder>) argument).build();
  }

  private static QueryRequest shortened(QueryRequest request) {
    return request.limit() == null ? request.toBuilder().limit(ROWS).build() : request;
  }
}
