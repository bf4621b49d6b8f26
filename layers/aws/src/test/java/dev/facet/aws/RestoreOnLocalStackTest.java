package dev.facet.aws;

import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A restore on LocalStack's DynamoDB and S3. */
final class RestoreOnLocalStackTest extends RestoreContract {

  @RegisterExtension static final LocalStackTables TABLES = new LocalStackTables();
  @RegisterExtension static final LocalStackBucket BUCKET = new LocalStackBucket();

  @Override
  protected DynamoDbClient dynamo() {
    return TABLES.client();
  }

  @Override
  protected S3Client s3() {
    return BUCKET.client();
  }

  @Override
  protected String bucket() {
    return BUCKET.name();
  }
}
