package dev.facet.api;

import dev.facet.api.http.Cors;
import dev.facet.api.http.EndpointContext;
import dev.facet.api.http.NodePorts;
import dev.facet.api.http.Services;
import dev.facet.api.http.Settings;
import dev.facet.aws.AwsClients;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoBuckets;
import dev.facet.aws.DynamoGalleryStore;
import dev.facet.aws.DynamoJobStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.DynamoPlanStore;
import dev.facet.aws.DynamoUsage;
import dev.facet.aws.FunctionClients;
import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.KmsDataKeys;
import dev.facet.aws.KmsJobMac;
import dev.facet.aws.SqsDeadLetters;
import dev.facet.aws.SqsJobQueue;
import dev.facet.aws.Tables;
import dev.facet.aws.faces.FaceServices;
import dev.facet.aws.faces.LambdaFaceTransport;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.RetryingFaceService;
import dev.facet.core.faces.wire.RemoteFaceService;
import dev.facet.core.gallery.LogSweeper;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.jobs.JobCodec;
import dev.facet.core.jobs.JobIds;
import dev.facet.core.jobs.OperationRecords;
import dev.facet.core.keys.PlanRateLimiter;
import dev.facet.core.keys.RateLimiter;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.plans.CachedPlans;
import dev.facet.core.plans.UsageMeter;
import dev.facet.core.retry.Retries;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Builds the handlers' services from a function's environment ({@link FunctionEnvironment}). */
public final class Wiring {

  private final FunctionEnvironment environment;
  private final FunctionClients clients;
  private final InstantSource clock;

  private Wiring(FunctionEnvironment environment, FunctionClients clients, InstantSource clock) {
    this.environment = environment;
    this.clients = clients;
    this.clock = clock;
  }

  /** Returns the wiring of a function with another environment, other clients or another time. */
  public static Wiring of(
      FunctionEnvironment environment, FunctionClients clients, InstantSource clock) {
    return new Wiring(environment, clients, clock);
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
    return new Wiring(environment, FunctionClients.ofEnvironment(), InstantSource.system());
  }

  /** Returns the part of the services that needs no store. */
  public EndpointContext edge() {
    Settings settings =
        new Settings(Settings.DEFAULT.bodyBytes(), new Cors(environment.allowOrigins()));
    return new EndpointContext(settings, clock, UUID::randomUUID, telemetry());
  }

  /** Returns the telemetry, which writes to standard output. */
  public Telemetry telemetry() {
    return Telemetry.of(environment, System.out::println);
  }

  /** Returns the services of the endpoints' handlers. */
  public Services services() {
    EndpointContext edge = edge();
    DynamoDbClient dynamo = clients.dynamoDb();
    return services(dynamo, environment.tables(), faces(edge), edge)
        .with(node(dynamo, environment.tables()));
  }

  /** Returns services on the stores of the given tables, without the ports of {@code /node}. */
  public static Services services(
      DynamoDbClient dynamo, Tables tables, FaceService faces, EndpointContext edge) {
    return Services.of(
        new DynamoKeyStore(dynamo, tables),
        new DynamoApplicationStore(dynamo, tables),
        faces,
        edge);
  }

  private NodePorts node(DynamoDbClient dynamo, Tables tables) {
    SecureRandom random = new SecureRandom();
    JobIds ids = new JobIds(new KmsJobMac(clients.kms(), environment.jobMacKey()), clock, random);
    EnrolmentJobs jobs = jobs(dynamo, tables);
    return new NodePorts(
        new PayloadCiphers(environment.encryptionFloor(), random),
        metering(dynamo, tables, clock),
        jobs.enrolments(ids, jobCodec()),
        jobs.statuses(ids));
  }

  private static RateLimiter metering(DynamoDbClient dynamo, Tables tables, InstantSource clock) {
    CachedPlans plans =
        new CachedPlans(new DynamoPlanStore(dynamo, tables), clock, Retries.of(clock));
    return new PlanRateLimiter(
        plans,
        new UsageMeter(
            new DynamoUsage(dynamo, tables, clock), new DynamoBuckets(dynamo, tables), clock));
  }

  /** Returns the worker that executes queued enrolments. */
  public EnrolmentWorker worker(EnrolmentJobs jobs) {
    return jobs.worker(faces(edge()), jobCodec());
  }

  /** Returns the service for dead-letter messages. */
  public DeadLetterService deadLetters() {
    return jobs().deadLetters(new SqsDeadLetters(clients.sqs(), environment.deadLetters(), clock));
  }

  /** Returns the photos, with the records of photos to be erased. */
  public ImageKeeper images() {
    return stores().images(clients.s3(), environment.imagesBucket());
  }

  /** Returns the sweeper of the galleries' logs. */
  public LogSweeper logSweeper() {
    return stores().logSweeper();
  }

  private FaceServices stores() {
    return new FaceServices(clients.dynamoDb(), environment.tables(), clock, new SecureRandom());
  }

  /** Returns the factory of the services around queued enrolments. */
  public EnrolmentJobs jobs() {
    return jobs(clients.dynamoDb(), environment.tables());
  }

  private EnrolmentJobs jobs(DynamoDbClient dynamo, Tables tables) {
    return new EnrolmentJobs(
        new SqsJobQueue(clients.sqsSends(), environment.enrolQueue()),
        new DynamoJobStore(dynamo, tables, clock),
        OperationRecords.in(new DynamoGalleryStore(dynamo, tables, clock), clock),
        clock);
  }

  private JobCodec jobCodec() {
    return new JobCodec(new KmsDataKeys(clients.kms(), environment.jobKey()), new SecureRandom());
  }

  private FaceService faces(EndpointContext edge) {
    LambdaFaceTransport transport =
        new LambdaFaceTransport(clients.lambda(), environment.faceFunction(), edge.clock());
    return new RetryingFaceService(
        new RemoteFaceService(transport), edge.clock(), Thread::sleep, new SecureRandom());
  }
}
