package dev.facet.aws;

import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Outcomes of jobs on LocalStack's DynamoDB. */
final class JobStoreOnLocalStackTest extends JobStoreContract {

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
