package dev.facet.keys;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.aws.AwsClients;
import dev.facet.aws.DynamoAdmission;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoDeletionLedger;
import dev.facet.aws.DynamoErasureStore;
import dev.facet.aws.DynamoGalleryStore;
import dev.facet.aws.DynamoJobStore;
import dev.facet.aws.DynamoPlanStore;
import dev.facet.aws.DynamoRestoredStore;
import dev.facet.aws.S3ImageStore;
import dev.facet.aws.SqsDeadLetters;
import dev.facet.aws.SqsJobQueue;
import dev.facet.aws.StoredContents;
import dev.facet.aws.Tables;
import dev.facet.aws.faces.FaceServices;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.OperationRecords;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.plans.RecordedPlans;
import dev.facet.core.restore.Restore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Administration of a deployed stack, with the credentials that the AWS command line would use. The
 * stack's outputs {@code DataTable}, {@code KeysTable}, {@code LedgerTable}, {@code RestApi},
 * {@code Stage} and {@code UsagePlan} identify its resources, and {@code EnrolQueue} and {@code
 * DeadLetters} its queues, {@code ImagesBucket} its photos.
 */
public final class DeployedStack implements AutoCloseable {

  /** Longer than a command needs to visit some thousands of dead letters. */
  private static final Duration COMMAND_VISIT = Duration.ofMinutes(10);

  private final DeployedKeys keys;
  private final IamClient iam;
  private final SqsClient sqs;
  private final CloudFormationClient cloudFormation;
  private final S3Client s3;

  DeployedStack(
      DeployedKeys keys,
      IamClient iam,
      SqsClient sqs,
      CloudFormationClient cloudFormation,
      S3Client s3) {
    this.keys = keys;
    this.iam = iam;
    this.sqs = sqs;
    this.cloudFormation = cloudFormation;
    this.s3 = s3;
  }

  /**
   * Creates access to the stacks of a region.
   *
   * @param region null for that of the AWS SDK's chain
   * @throws InvalidRequest if no region is set
   */
  public static DeployedStack in(@Nullable String region) {
    Region at = StackRegion.of(region);
    return new DeployedStack(
        new DeployedKeys(
            AwsClients.dynamoDb().region(at).build(),
            AwsClients.small(ApiGatewayClient.builder()).region(at).build()),
        AwsClients.small(IamClient.builder()).region(Region.AWS_GLOBAL).build(),
        AwsClients.sqs().region(at).build(),
        AwsClients.small(CloudFormationClient.builder()).region(at).build(),
        AwsClients.small(S3Client.builder()).region(at).build());
  }

  /**
   * Returns the administration of a stack's keys and plans.
   *
   * @throws InvalidRequest if the stack does not exist or lacks an output
   */
  public KeyAdministration administration(String stack) {
    Map<String, String> outputs = outputs(stack);
    String restApi = output(stack, outputs, "RestApi");
    return new KeyAdministration(
        keys.lifecycle(tables(stack, outputs)),
        new RecordedPlans(
            new ApiGatewayPlans(keys.apiGateway(), restApi, output(stack, outputs, "Stage")),
            new DynamoPlanStore(keys.dynamo(), tables(stack, outputs))),
        new IamPrincipals(iam),
        new KeyAdministration.Defaults(restApi, output(stack, outputs, "UsagePlan")));
  }

  /**
   * Returns the administration of a stack's enrolments that failed too often.
   *
   * @throws InvalidRequest if the stack does not exist or lacks an output
   */
  public DeadLetterService deadJobs(String stack) {
    Map<String, String> outputs = outputs(stack);
    Tables tables = tables(stack, outputs);
    InstantSource clock = InstantSource.system();
    return new DeadLetterService(
        new SqsDeadLetters(sqs, output(stack, outputs, "DeadLetters"), COMMAND_VISIT, clock),
        new SqsJobQueue(sqs, output(stack, outputs, "EnrolQueue")),
        new DynamoJobStore(keys.dynamo(), tables, clock),
        OperationRecords.in(new DynamoGalleryStore(keys.dynamo(), tables, clock), clock),
        clock);
  }

  /**
   * Returns the erasure of a stack's applications.
   *
   * @throws InvalidRequest if the stack does not exist or lacks an output
   */
  public ApplicationErasure erasure(String stack) {
    return erasure(stack, outputs(stack), ApplicationErasure.CACHES_EXPIRE);
  }

  private ApplicationErasure erasure(String stack, Map<String, String> outputs, Duration wait) {
    InstantSource clock = InstantSource.system();
    Tables tables = tables(stack, outputs);
    return new ApplicationErasure(
        keys.lifecycle(tables),
        new StoredContents(
            keys.dynamo(), tables, s3, output(stack, outputs, "ImagesBucket"), clock),
        new DynamoDeletionLedger(keys.dynamo(), tables),
        wait,
        clock,
        Thread::sleep);
  }

  /**
   * Returns the administration of a stack's galleries.
   *
   * @param bundles the model bundles of this installation, opened when one is needed
   * @throws InvalidRequest if the stack does not exist or lacks an output
   */
  public GalleryAudit galleries(String stack, Supplier<ImageBundles> bundles) {
    Map<String, String> outputs = outputs(stack);
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    FaceServices services = new FaceServices(keys.dynamo(), tables(stack, outputs), clock, random);
    return new GalleryAudit(
        services.galleries(GalleryLimits.unlimited(0)),
        new S3ImageStore(s3, output(stack, outputs, "ImagesBucket"), clock),
        bundles,
        clock,
        random);
  }

  /**
   * Returns the restore of a stack's data table.
   *
   * @throws InvalidRequest if the stack does not exist or lacks an output
   */
  public Restore restore(String stack) {
    Map<String, String> outputs = outputs(stack);
    InstantSource clock = InstantSource.system();
    Tables tables = tables(stack, outputs);
    String bucket = output(stack, outputs, "ImagesBucket");
    DynamoDbClient dynamo = keys.dynamo();
    return new Restore(
        new Restore.Stores(
            new DynamoAdmission(dynamo, tables),
            new DynamoRestoredStore(dynamo, tables, s3, bucket, clock),
            new DynamoApplicationStore(dynamo, tables),
            new S3ImageStore(s3, bucket, clock),
            new DynamoErasureStore(dynamo, tables, clock)),
        new DynamoDeletionLedger(dynamo, tables),
        erasure(stack, outputs, Duration.ZERO),
        ApplicationErasure.CACHES_EXPIRE,
        clock,
        Thread::sleep,
        new SecureRandom());
  }

  private static Tables tables(String stack, Map<String, String> outputs) {
    return new Tables(
        output(stack, outputs, "DataTable"),
        output(stack, outputs, "KeysTable"),
        output(stack, outputs, "LedgerTable"));
  }

  private Map<String, String> outputs(String stack) {
    List<Output> outputs =
        calling(() -> described(stack))
            .orElseThrow(() -> new InvalidRequest("There is no stack " + stack + "."));
    return outputs.stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  /**
   * Returns a stack's outputs; empty if it does not exist. CloudFormation reports that as a generic
   * validation error.
   */
  private Optional<List<Output>> described(String stack) {
    try {
      return cloudFormation.describeStacks(describe -> describe.stackName(stack)).stacks().stream()
          .findFirst()
          .map(found -> found.outputs());
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails() != null
          && "ValidationError".equals(e.awsErrorDetails().errorCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String output(String stack, Map<String, String> outputs, String name) {
    return Optional.ofNullable(outputs.get(name))
        .orElseThrow(() -> new InvalidRequest("Stack %s has no output %s.".formatted(stack, name)));
  }

  @Override
  public void close() {
    keys.close();
    iam.close();
    sqs.close();
    cloudFormation.close();
    s3.close();
  }
}
