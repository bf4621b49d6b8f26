package dev.facet.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A source of a function's AWS clients. */
public interface FunctionClients {

  /** Returns a client for the tables. */
  DynamoDbClient dynamoDb();

  /** Returns a client for the keys of jobs. */
  KmsClient kms();

  /** Returns a client for the face function. */
  LambdaClient lambda();

  /** Returns a client for the bucket of photos. */
  S3Client s3();

  /** Returns a client for receiving, deleting and postponing messages. */
  SqsClient sqs();

  /** Returns a client for sending messages ({@link AwsClients#sqsSends}). */
  SqsClient sqsSends();

  /** Returns a source of new clients with the region and credentials of the environment. */
  static FunctionClients ofEnvironment() {
    return new FunctionClients() {
      @Override
      public DynamoDbClient dynamoDb() {
        return AwsClients.dynamoDb().build();
      }

      @Override
      public KmsClient kms() {
        return AwsClients.kms().build();
      }

      @Override
      public LambdaClient lambda() {
        return AwsClients.lambda().build();
      }

      @Override
      public S3Client s3() {
        return AwsClients.s3().build();
      }

      @Override
      public SqsClient sqs() {
        return AwsClients.sqs().build();
      }

      @Override
      public SqsClient sqsSends() {
        return AwsClients.sqsSends().build();
      }
    };
  }
}
