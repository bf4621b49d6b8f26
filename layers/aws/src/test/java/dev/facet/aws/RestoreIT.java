package dev.facet.aws;

import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A restore on DynamoDB Local and S3Proxy. */
final class RestoreIT extends RestoreContract {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();
  private static final EmbeddedS3 S3 = new EmbeddedS3();

  @AfterAll
  static void stop() {
    DYNAMO.close();
    S3.close();
  }

  @Override
  protected DynamoDbClient dynamo() {
    return DYNAMO.client();
  }

  @Override
  protected S3Client s3() {
    return S3.client();
  }

  @Override
  protected String bucket() {
    return EmbeddedS3.BUCKET;
  }
}
