package dev.facet.local.service;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.facet.api.endpoint.Cors;
import dev.facet.api.endpoint.Edge;
import dev.facet.api.endpoint.NodePorts;
import dev.facet.api.endpoint.Services;
import dev.facet.api.endpoint.Settings;
import dev.facet.api.node.EnrolmentWorkerHandler;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.Tables;
import dev.facet.core.faces.FaceService;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.Metering;
import dev.facet.core.keys.PlanMetering;
import dev.facet.core.keys.UsageMeter;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.local.administration.AdminServer;
import dev.facet.local.administration.LocalAdministration;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.chaos.Chaotic;
import dev.facet.local.data.DataFolder;
import dev.facet.local.embedded.EmbeddedDynamo;
import dev.facet.local.embedded.EmbeddedS3;
import dev.facet.local.embedded.EmbeddedSqs;
import dev.facet.local.gateway.Deployment;
import dev.facet.local.gateway.Gateway;
import dev.facet.local.gateway.GatewayServer;
import dev.facet.local.gateway.Specification;
import dev.facet.local.jobs.LocalJobs;
import dev.facet.local.jobs.QueuePoller;
import dev.facet.local.keys.UsageLedger;
import dev.facet.local.lambda.Function;
import dev.facet.local.lambda.Lambda;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The service on one machine: gateway, handlers, face service and stores in one process, everything
 * kept in one folder.
 */
public final class LocalService implements AutoCloseable {

  private static final Tables TABLES = LocalAdministration.TABLES;

  /** Longer than a key is in the making. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(5);

  private static final Duration DEAD_LETTERS = Duration.ofMinutes(1);
  private static final String WORKER = "EnrolmentWorker";

  private final Options options;
  private final PrintStream log;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final Specification specification;
  private final Deployment deployment;
  private final Closing closing = new Closing();

  private LocalService(Options options, PrintStream log) {
    this.options = options;
    this.log = log;
    this.specification = Specification.bundled().with(options.node().auth());
    this.deployment =
        new Deployment(
            Deployment.LOCAL_ACCOUNT, options.region(), Deployment.LOCAL_API, options.stage());
  }

  /**
   * A service that is up.
   *
   * @param service to be closed
   * @param credentials of its demo application
   */
  public record Started(LocalService service, Credentials credentials) implements AutoCloseable {
    @Override
    public void close() {
      service.close();
    }
  }

  /**
   * Starts the service; it answers when this returns.
   *
   * @param recognition loads the face models; called beside the other parts' start
   * @param log where handlers write a line per request
   * @throws dev.facet.local.data.DataFolderInUse if another service has the data folder
   * @throws IOException if the port can't be had
   */
  public static Started start(Options options, Supplier<Recognition> recognition, PrintStream log)
      throws IOException {
    LocalService service = new LocalService(options, log);
    try {
      return service.assembled(recognition);
    } catch (IOException | RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  /** Finishes what is being answered, then stops everything. */
  @Override
  public void close() {
    closing.close();
  }

  private Started assembled(Supplier<Recognition> recognition) throws IOException {
    DataFolder data = closing.add(DataFolder.open(options.data()));
    try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
      Future<EmbeddedDynamo> dynamo =
          starters.submit(() -> closing.add(EmbeddedDynamo.start(data.folder("dynamodb"), TABLES)));
      Future<EmbeddedS3> s3 =
          starters.submit(
              () ->
                  closing.add(
                      EmbeddedS3.start(
                          data.folder("s3"), Faces.BUCKET, UUID.randomUUID().toString())));
      Future<EmbeddedSqs> sqs =
          starters.submit(
              () ->
                  closing.add(EmbeddedSqs.start(data.folder("sqs"), options.node().visibility())));
      Future<Recognition> models = starters.submit(() -> closing.add(recognition.get()));
      return assembled(data, result(dynamo), result(s3), result(sqs), result(models));
    }
  }

  private Started assembled(
      DataFolder data,
      EmbeddedDynamo dynamo,
      EmbeddedS3 s3,
      EmbeddedSqs sqs,
      Recognition recognition)
      throws IOException {
    Chaos chaos = options.node().chaos();
    DynamoDbClient stores = Chaotic.on(DynamoDbClient.class, dynamo.client(), chaos);
    SqsClient queue = Chaotic.on(SqsClient.class, sqs.client(), chaos);
    Faces faces =
        new Faces(recognition, options.node(), stores, s3.client(), TABLES, clock, random);
    Thread.ofPlatform().daemon().name("priming").start(faces::prime);
    LocalAdministration local =
        LocalAdministration.of(data, dynamo.client(), specification.plan(), clock, random);
    UsageMeter meter = new UsageMeter(closing.add(new UsageLedger(data.file("usage.json"))), clock);
    FaceService service = faces.service(options.remoteFace(), clock, random);
    Metering metering = new PlanMetering(local.gatewayKeys()::find, meter);
    LocalJobs jobs = new LocalJobs(data, sqs, queue, stores, TABLES, clock, random);
    Lambda workers = closing.add(workers(jobs, service));
    QueuePoller.Queues queues =
        new QueuePoller.Queues(sqs.queue(), sqs.deadLetters(), EnrolmentWorker.MOST_RECEIVES);
    closing.add(new QueuePoller(queue, queues, workers, WORKER, log));
    closing.add(new Hourly("dead letters", DEAD_LETTERS, jobs.dead()::mark, log));
    Lambda lambda = closing.add(lambda(services(stores, service).with(node(metering, jobs))));
    KeyLifecycle lifecycle = local.administration().keys();
    closing.add(new Hourly("image sweep", faces.images()::sweep, log));
    closing.add(new Hourly("key repair", () -> lifecycle.repair(LEFT_BEHIND), log));
    Gateway gateway =
        new Gateway(
            specification,
            deployment,
            options.allowedOrigins(),
            new Gateway.Backing(local.principals(), local.gatewayKeys(), meter, lambda),
            clock,
            UUID::randomUUID);
    GatewayServer server =
        closing.add(
            GatewayServer.start(
                gateway,
                options.port(),
                specification.limits().headerBytes(),
                GatewayServer.Patience.DEFAULT));
    DemoApplication demo =
        new DemoApplication(Credentials.file(data.file("credentials.json")), local);
    Credentials credentials = demo.at(server.endpoint() + deployment.prefix(), deployment);
    closing.add(AdminServer.start(data, local.administration(), jobs.dead(), random));
    demo.keepImages(credentials, options.keepImages());
    return new Started(this, credentials);
  }

  private Services services(DynamoDbClient stores, FaceService faces) {
    Settings settings =
        new Settings(Settings.DEFAULT.bodyBytes(), new Cors(options.allowedOrigins()));
    return Services.of(
        new DynamoKeyStore(stores, TABLES),
        new DynamoApplicationStore(stores, TABLES),
        faces,
        new Edge(settings, clock, UUID::randomUUID));
  }

  private NodePorts node(Metering metering, LocalJobs jobs) {
    PayloadCiphers ciphers = new PayloadCiphers(options.node().encryptionFloor(), random);
    return new NodePorts(ciphers, metering, jobs.enrolments(), jobs.jobs());
  }

  private Lambda workers(LocalJobs jobs, FaceService faces) {
    Function worker =
        Function.of(
            WORKER,
            new EnrolmentWorkerHandler(jobs.worker(faces), jobs.queue(), clock),
            SQSEvent.class,
            SQSBatchResponse.class);
    Duration time = options.node().workerTime();
    return new Lambda(
        Map.of(WORKER, worker),
        new Lambda.Timeouts(time, time.plusSeconds(1)),
        clock,
        UUID::randomUUID,
        log);
  }

  private Lambda lambda(Services services) {
    return new Lambda(
        Handlers.functions(specification.functions(), services),
        new Lambda.Timeouts(
            specification.limits().handlerTimeout(), specification.limits().gatewayTimeout()),
        clock,
        UUID::randomUUID,
        log);
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A part of the service did not start.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }
}
