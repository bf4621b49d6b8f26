package dev.facet.local.endpoints;

import dev.facet.core.jobs.SecretBackedKeys;
import dev.facet.local.lambda.isolated.IsolatedLambda;
import dev.facet.local.s3.EmbeddedS3;
import dev.facet.local.sigv4.SignatureVerifier;
import dev.facet.local.sigv4.SigningCredentials;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The endpoints of the embedded services for other processes, and the environment variables that
 * configure their AWS SDK.
 */
public final class ServiceEndpoints implements AutoCloseable {

  private static final String REGION = "us-east-1";

  /** The allowed clock skew between processes of one machine. */
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final EmbeddedS3 s3;
  private final SigningCredentials credentials;
  private final SignedEndpoint dynamo;
  private final SignedEndpoint sqs;
  private final SignedEndpoint kms;
  private final SignedEndpoint lambda;

  /**
   * Opens the endpoints.
   *
   * @param dynamo a client of the embedded DynamoDB
   * @param sqs a client of the embedded queues
   * @param keys replace KMS's keys
   * @param functions the functions that {@code Invoke} can name
   */
  public ServiceEndpoints(
      DynamoDbClient dynamo,
      EmbeddedS3 s3,
      SqsClient sqs,
      SecretBackedKeys keys,
      IsolatedLambda functions,
      InstantSource clock) {
    this.s3 = s3;
    this.credentials = s3.credentials();
    this.dynamo =
        new SignedEndpoint("dynamodb", verifier("dynamodb", clock), new DynamoApi(dynamo));
    this.sqs = new SignedEndpoint("sqs", verifier("sqs", clock), new SqsApi(sqs));
    this.kms = new SignedEndpoint("kms", verifier("kms", clock), new KmsApi(keys, keys));
    this.lambda = new SignedEndpoint("lambda", verifier("lambda", clock), new InvokeApi(functions));
  }

  private SignatureVerifier verifier(String service, InstantSource clock) {
    return new SignatureVerifier(
        REGION,
        service,
        WINDOW,
        clock,
        id -> Optional.of(credentials).filter(known -> known.accessKeyId().equals(id)));
  }

  /** Returns a function's variables for the AWS SDK, which include this run's secret. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_REGION", REGION,
        "AWS_ACCESS_KEY_ID", credentials.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey(),
        "AWS_EC2_METADATA_DISABLED", "true",
        "AWS_ENDPOINT_URL_DYNAMODB", dynamo.url(),
        "AWS_ENDPOINT_URL_S3", s3.url(),
        "AWS_ENDPOINT_URL_SQS", sqs.url(),
        "AWS_ENDPOINT_URL_KMS", kms.url(),
        "AWS_ENDPOINT_URL_LAMBDA", lambda.url());
  }

  @Override
  public void close() {
    lambda.close();
    kms.close();
    sqs.close();
    dynamo.close();
  }
}
