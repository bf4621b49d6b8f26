package dev.facet.api;

import dev.facet.api.http.Cors;
import dev.facet.api.http.EndpointContext;
import dev.facet.api.http.NodePorts;
import dev.facet.api.http.Services;
import dev.facet.api.http.Settings;
import dev.facet.aws.AwsClients;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoErasureStore;
import dev.facet.aws.DynamoJobStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.DynamoPlanStore;
import dev.facet.aws.DynamoUsage;
import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.KmsDataKeys;
import dev.facet.aws.KmsJobMac;
import dev.facet.aws.S3ImageStore;
import dev.facet.aws.SqsDeadLetters;
import dev.facet.aws.SqsJobQueue;
import dev.facet.aws.Tables;
import dev.facet.aws.faces.LambdaFaceTransport;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.RetryingFaceService;
import dev.facet.core.faces.wire.RemoteFaceService;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.jobs.JobCodec;
import dev.facet.core.jobs.JobIds;
import dev.facet.core.jobs.JobQueue;
import dev.facet.core.jobs.JobStatuses;
import dev.facet.core.jobs.JobStore;
import dev.facet.core.jobs.QueuedEnrolments;
import dev.facet.core.jobs.RetryingJobStore;
import dev.facet.core.keys.PlanRateLimiter;
import dev.facet.core.keys.RateLimiter;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.plans.CachedPlans;
import dev.facet.core.plans.UsageMeter;
import dev.facet.core.retry.Retries;
import java.security.SecureRandom;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Builds the handlers' services from a function's environment ({@link FunctionEnvironment}). */
public final class Wiring {

  private final FunctionEnvironment environment;

  private Wiring(FunctionEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Returns the wiring of this process's function. Warms up the AWS clients if Lambda is about to
   * take a SnapStart snapshot.
   */
  public static Wiring fromEnvironment() {
    FunctionEnvironment environment = FunctionEnvironment.ofProcess();
    if (environment.isSnapStart()) {
      AwsClients.warmUp();
    }
    return new Wiring(environment);
  }

  /** Returns the part of the services that needs no store. */
  public EndpointContext edge() {
    return EndpointContext.of(
            new Settings(Settings.DEFAULT.bodyBytes(), new Cors(environment.allowOrigins())))
        .with(telemetry());
  }

  /** Returns the telemetry, which writes to standard output. */
  public Telemetry telemetry() {
    return Telemetry.of(environment, System.out::println);
  }

  /** Returns the services of the endpoints' handlers. */
  public Services services() {
    EndpointContext edge = edge();
    DynamoDbClient dynamo = AwsClients.dynamoDb().build();
    Tables tables = environment.tables();
    return Services.of(
            new DynamoKeyStore(dynamo, tables),
            new DynamoApplicationStore(dynamo, tables),
            faces(edge),
            edge)
        .with(node(dynamo, tables));
  }

  private NodePorts node(DynamoDbClient dynamo, Tables tables) {
    int floor = environment.encryptionFloor();
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    JobIds ids =
        new JobIds(new KmsJobMac(AwsClients.kms().build(), environment.jobMacKey()), clock, random);
    JobStore store = new DynamoJobStore(dynamo, tables, clock);
    EnrolmentQueue queue =
        new QueuedEnrolments(ids, sealedJobs(), jobQueue(), store, clock, Thread::sleep);
    return new NodePorts(
        new PayloadCiphers(floor, random),
        metering(dynamo, tables, clock),
        queue,
        new JobStatuses(ids, patient(store), clock));
  }

  private static RateLimiter metering(DynamoDbClient dynamo, Tables tables, InstantSource clock) {
    CachedPlans plans =
        new CachedPlans(new DynamoPlanStore(dynamo, tables), clock, Retries.of(clock));
    return new PlanRateLimiter(
        plans, new UsageMeter(new DynamoUsage(dynamo, tables, clock), clock));
  }

  /** Returns the worker that executes queued enrolments. */
  public EnrolmentWorker worker() {
    return new EnrolmentWorker(faces(edge()), sealedJobs(), patient(jobStore()));
  }

  /** Returns the queue of enrolments. */
  public JobQueue jobQueue() {
    return new SqsJobQueue(AwsClients.sqs().build(), environment.enrolQueue());
  }

  /** Returns the service for dead-letter messages. */
  public DeadLetterService deadJobs() {
    return new DeadLetterService(
        new SqsDeadLetters(AwsClients.sqs().build(), environment.deadLetters()),
        jobQueue(),
        patient(jobStore()));
  }

  /** Returns the photos, with the records of photos to be erased. */
  public ImageKeeper images() {
    return new ImageKeeper(
        new S3ImageStore(AwsClients.s3().build(), environment.imagesBucket()),
        new DynamoErasureStore(AwsClients.dynamoDb().build(), environment.tables()),
        InstantSource.system(),
        new SecureRandom());
  }

  private JobCodec sealedJobs() {
    return new JobCodec(
        new KmsDataKeys(AwsClients.kms().build(), environment.jobKey()), new SecureRandom());
  }

  private JobStore jobStore() {
    return new DynamoJobStore(
        AwsClients.dynamoDb().build(), environment.tables(), InstantSource.system());
  }

  private static JobStore patient(JobStore store) {
    return new RetryingJobStore(store, Retries.of(InstantSource.system()));
  }

  private FaceService faces(EndpointContext edge) {
    LambdaFaceTransport transport =
        new LambdaFaceTransport(
            AwsClients.lambda().build(), environment.faceFunction(), edge.clock());
    return new RetryingFaceService(
        new RemoteFaceService(transport), edge.clock(), Thread::sleep, new SecureRandom());
  }
}
