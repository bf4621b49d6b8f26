package dev.facet.aws;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A deployment's tables in LocalStack, for one class of tests; without LocalStack it is skipped.
 */
final class LocalStackTables implements BeforeAllCallback, AfterAllCallback {

  private final Tables names =
      new Tables(
          LocalStack.name("facet"), LocalStack.name("facet-keys"), LocalStack.name("facet-ledger"));
  private @Nullable DynamoDbClient client;

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isNested(context)) {
      return;
    }
    client = LocalStack.client(AwsClients.dynamoDb());
    names.create(client);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (client != null && !isNested(context)) {
      for (String table : List.of(names.data(), names.keys(), names.ledger())) {
        client.deleteTable(delete -> delete.tableName(table));
      }
      client.close();
    }
  }

  /** Returns whether it is called for a nested class, which uses the tables of the outer one. */
  private static boolean isNested(ExtensionContext context) {
    return context.getRequiredTestClass().isMemberClass();
  }

  DynamoDbClient client() {
    return Objects.requireNonNull(client, "before the tests");
  }

  Tables names() {
    return names;
  }
}
