package dev.facet.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.warmup.SdkWarmUp;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * The SDK's clients as this service uses them: over the CRT HTTP client, with few retries and
 * limits on time. Region, credentials and endpoints are left to the caller of {@code build()}; by
 * default they come from the environment, as in Lambda.
 */
public final class AwsClients {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final int MOST_ATTEMPTS = 3;

  private AwsClients() {}

  /**
   * Has the SDK go through what its first calls take long for, without calling anyone: worth it
   * before Lambda takes the snapshot that SnapStart restores, and nowhere else.
   */
  public static void warmUp() {
    SdkWarmUp.warmUp();
  }

  /** For small requests: an attempt may take 3 s, all of them 8 s. */
  public static DynamoDbClientBuilder dynamoDb() {
    return small(DynamoDbClient.builder());
  }

  /** Has a client of another service made for small requests, as DynamoDB's is. */
  public static <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B small(B builder) {
    return builder
        .httpClient(http())
        .overrideConfiguration(limits(Duration.ofSeconds(3), Duration.ofSeconds(8)));
  }

  /** For images of a few megabytes: an attempt may take 8 s, all of them 15 s. */
  public static S3ClientBuilder s3() {
    return s3(http());
  }

  /** The same over another HTTP client. */
  public static S3ClientBuilder s3(SdkHttpClient http) {
    return S3Client.builder()
        .httpClient(http)
        .overrideConfiguration(limits(Duration.ofSeconds(8), Duration.ofSeconds(15)));
  }

  /** For messages of some kilobytes: an attempt may take 3 s, all of them 8 s. */
  public static SqsClientBuilder sqs() {
    return sqs(http());
  }

  /** The same over another HTTP client. */
  public static SqsClientBuilder sqs(SdkHttpClient http) {
    return SqsClient.builder()
        .httpClient(http)
        .overrideConfiguration(limits(Duration.ofSeconds(3), Duration.ofSeconds(8)));
  }

  /** For keys: an attempt may take 2 s, all of them 5 s. */
  public static KmsClientBuilder kms() {
    return KmsClient.builder()
        .httpClient(http())
        .overrideConfiguration(limits(Duration.ofSeconds(2), Duration.ofSeconds(5)));
  }

  /** For invocations, one attempt each: whoever sends a command says how long, and how often. */
  public static LambdaClientBuilder lambda() {
    return LambdaClient.builder()
        .httpClient(http())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(StandardRetryStrategy.builder().maxAttempts(1).build())
                .build());
  }

  private static SdkHttpClient http() {
    return new CrtHttp(
        AwsCrtHttpClient.builder().connectionTimeout(CONNECT).maxConcurrency(64).build());
  }

  private static ClientOverrideConfiguration limits(Duration attempt, Duration call) {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(attempt)
        .apiCallTimeout(call)
        .retryStrategy(StandardRetryStrategy.builder().maxAttempts(MOST_ATTEMPTS).build())
        .build();
  }
}
