package dev.facet.aws;

import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Key records and applications on LocalStack's DynamoDB. */
final class KeysAndApplicationsOnLocalStackTest extends KeysAndApplicationsContract {

  @RegisterExtension static final LocalStackTables TABLES = new LocalStackTables();

  @Override
  DynamoDbClient client() {
    return TABLES.client();
  }

  @Override
  Tables tables() {
    return TABLES.names();
  }
}
