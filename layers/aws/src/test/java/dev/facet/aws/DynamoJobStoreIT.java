package dev.facet.aws;

import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Outcomes of jobs on DynamoDB Local. */
final class DynamoJobStoreIT extends JobStoreContract {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  @Override
  DynamoDbClient client() {
    return DYNAMO.client();
  }

  @Override
  Tables tables() {
    return Tables.DEFAULT;
  }
}
