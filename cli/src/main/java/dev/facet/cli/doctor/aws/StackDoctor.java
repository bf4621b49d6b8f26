package dev.facet.cli.doctor.aws;

import dev.facet.aws.AwsClients;
import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.NotReadable;
import dev.facet.cli.doctor.stack.Alarms;
import dev.facet.cli.doctor.stack.Bundles;
import dev.facet.cli.doctor.stack.Concurrency;
import dev.facet.cli.doctor.stack.ConnectionSecurity;
import dev.facet.cli.doctor.stack.LogRetention;
import dev.facet.cli.doctor.stack.MethodAuthorization;
import dev.facet.cli.doctor.stack.Queues;
import dev.facet.cli.doctor.stack.Recovery;
import dev.facet.cli.doctor.stack.Snapshots;
import dev.facet.cli.doctor.stack.StackPort;
import dev.facet.cli.doctor.stack.Subscriptions;
import dev.facet.client.Credentials;
import dev.facet.keys.StackRegion;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The checks of a deployed stack, with the credentials that the AWS command line would use. */
public final class StackDoctor implements AutoCloseable {

  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final @Nullable URI endpoint;
  private final StackPort stack;
  private final CloudFormationClient cloudFormation;
  private final ApiGatewayClient apiGateway;
  private final LambdaClient lambda;
  private final DynamoDbClient dynamo;
  private final S3Client s3;
  private final KmsClient kms;
  private final SqsClient sqs;
  private final SignedCalls calls;
  private final Clock clock = Clock.systemUTC();

  /**
   * Creates the checks of a stack.
   *
   * @param region null for that of the AWS SDK's chain
   */
  public static StackDoctor of(String stack, @Nullable String region) {
    return new StackDoctor(
        stack, StackRegion.of(region), DefaultCredentialsProvider.builder().build(), null);
  }

  /**
   * Creates the checks of a stack.
   *
   * @param endpoint the address of all services; null for AWS's own
   */
  StackDoctor(
      String stack, Region region, AwsCredentialsProvider credentials, @Nullable URI endpoint) {
    this.region = region;
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.cloudFormation = built(CloudFormationClient.builder());
    this.apiGateway = built(ApiGatewayClient.builder());
    this.lambda = built(LambdaClient.builder());
    this.dynamo = built(DynamoDbClient.builder());
    this.s3 = built(S3Client.builder().forcePathStyle(endpoint != null));
    this.kms = built(KmsClient.builder());
    this.sqs = built(SqsClient.builder());
    this.calls = new SignedCalls(region, credentials, endpoint, clock);
    this.stack = new AwsStack(cloudFormation, stack);
  }

  private <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C built(B builder) {
    AwsClients.small(builder).region(region).credentialsProvider(credentials);
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }

  /**
   * Returns if the stack can be read.
   *
   * @throws NotReadable if it does not exist, or there are no AWS credentials
   */
  public void requireStack() {
    stack.outputs();
  }

  /** Returns the checks that read the stack. */
  public List<Check> checks() {
    AwsApi api = new AwsApi(apiGateway);
    AwsFunctions functions = new AwsFunctions(lambda);
    AwsAlarms alarms = new AwsAlarms(calls, clock);
    AwsStores stores = new AwsStores(dynamo, s3, kms, sqs, calls);
    return List.of(
        new MethodAuthorization(stack, api),
        new ConnectionSecurity(stack, api),
        new Concurrency(stack, functions),
        new Snapshots(stack, functions),
        new Alarms(stack, alarms),
        new Subscriptions(stack, alarms),
        new Recovery(stack, stores),
        new LogRetention(stack, stores),
        new Queues(stack, stores, alarms),
        new Bundles(stack, stores));
  }

  /**
   * Returns the credentials of signed requests to the stack.
   *
   * @throws NotReadable if there is no such stack, or no AWS credentials
   */
  public Credentials requests(String apiKey) {
    String address = stack.output("Endpoint");
    try {
      AwsCredentials identity = credentials.resolveCredentials();
      String token =
          identity instanceof AwsSessionCredentials session ? session.sessionToken() : null;
      return new Credentials(
          URI.create(address),
          region.id(),
          identity.accessKeyId(),
          identity.secretAccessKey(),
          token,
          apiKey);
    } catch (SdkException e) {
      throw new NotReadable("there are no AWS credentials: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    cloudFormation.close();
    apiGateway.close();
    lambda.close();
    dynamo.close();
    s3.close();
    kms.close();
    sqs.close();
  }
}
