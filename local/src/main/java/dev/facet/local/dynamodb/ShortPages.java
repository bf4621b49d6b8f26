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
 * Has queries answered in pages of few rows, unless they ask for a number themselves.
 *
 * <p>Where none is asked for, DynamoDB Local reads and decodes every row that fits the condition,
 * and only then cuts the page at 1 MB: to read a long log through would take time as the square of
 * its length. DynamoDB itself stops reading at 1 MB.
 */
final class ShortPages implements InvocationHandler {

  /** Two pages of 1 MB where rows are the largest that there are, commits of 32 templates. */
  private static final int ROWS = 32;

  private final DynamoDbClient client;

  private ShortPages(DynamoDbClient client) {
    this.client = client;
  }

  /** The same client, but for queries. */
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
