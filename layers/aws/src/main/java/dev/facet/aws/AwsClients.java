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
 * Builders of SDK clients with the settings of this service: the CRT HTTP client, few retries, and
 * timeouts. The caller of {@code build()} sets region, credentials and endpoints; by default they
 * come from the environment, as in Lambda.
 */
public final class AwsClients {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_ATTEMPTS = 3;

  private AwsClients() {}

  /**
   * Runs the SDK's slow first-call initialisation without a network call. This is worthwhile only
   * before Lambda takes the snapshot that SnapStart restores.
   */
  public static void warmUp() {
    SdkWarmUp.warmUp();
  }

  /** Returns a builder for small requests, with timeouts of 3 s per attempt and 8 s per call. */
  public static DynamoDbClientBuilder dynamoDb() {
    return small(DynamoDbClient.builder());
  }

  /** Configures a client of another service for small requests, as {@link #dynamoDb} does. */
  public static <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B small(B builder) {
    return builder
        .httpClient(http())
        .overrideConfiguration(limits(Duration.ofSeconds(3), Duration.ofSeconds(8)));
  }

  /**
   * Returns a builder for images of a few megabytes, with timeouts of 8 s per attempt and 15 s per
   * call.
   */
  public static S3ClientBuilder s3() {
    return s3(http());
  }

  /** Returns the same builder with another HTTP client. */
  public static S3ClientBuilder s3(SdkHttpClient http) {
    return S3Client.builder()
        .httpClient(http)
        .overrideConfiguration(limits(Duration.ofSeconds(8), Duration.ofSeconds(15)));
  }

  /**
   * Returns a builder for messages of some kilobytes, with timeouts of 3 s per attempt and 8 s per
   * call.
   */
  public static SqsClientBuilder sqs() {
    return sqs(http());
  }

  /**
   * Returns a builder for sends, with one attempt of 3 s each: the sender decides on retries, and a
   * refusal is never one of a repetition.
   */
  public static SqsClientBuilder sqsSends() {
    Duration attempt = Duration.ofSeconds(3);
    return SqsClient.builder()
        .httpClient(http())
        .overrideConfiguration(limits(attempt, attempt, 1));
  }

  /** Returns the builder of {@link #sqs()} with another HTTP client. */
  public static SqsClientBuilder sqs(SdkHttpClient http) {
    return SqsClient.builder()
        .httpClient(http)
        .overrideConfiguration(limits(Duration.ofSeconds(3), Duration.ofSeconds(8)));
  }

  /** Returns a builder for key operations, with timeouts of 2 s per attempt and 5 s per call. */
  public static KmsClientBuilder kms() {
    return KmsClient.builder()
        .httpClient(http())
        .overrideConfiguration(limits(Duration.ofSeconds(2), Duration.ofSeconds(5)));
  }

  /**
   * Returns a builder for invocations, with one attempt each: the sender of a command sets its
   * timeout and its retries.
   */
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
        AwsCrtHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT).maxConcurrency(64).build());
  }

  private static ClientOverrideConfiguration limits(Duration attempt, Duration call) {
    return limits(attempt, call, MAX_ATTEMPTS);
  }

  private static ClientOverrideConfiguration limits(Duration attempt, Duration call, int attempts) {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(attempt)
        .apiCallTimeout(call)
        .retryStrategy(StandardRetryStrategy.builder().maxAttempts(attempts).build())
        .build();
  }
}
