package dev.facet.local.service;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.facet.api.Wiring;
import dev.facet.api.http.Cors;
import dev.facet.api.http.EndpointContext;
import dev.facet.api.http.NodePorts;
import dev.facet.api.http.Services;
import dev.facet.api.http.Settings;
import dev.facet.api.tasks.EnrolmentWorkerHandler;
import dev.facet.aws.StoredGalleries;
import dev.facet.aws.Tables;
import dev.facet.aws.faces.FaceServices;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.gallery.LogSweeper;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.PlanRateLimiter;
import dev.facet.core.keys.RateLimiter;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.plans.UsageMeter;
import dev.facet.local.administration.AdminServer;
import dev.facet.local.administration.LocalAdministration;
import dev.facet.local.apigateway.Deployment;
import dev.facet.local.apigateway.Gateway;
import dev.facet.local.apigateway.GatewayServer;
import dev.facet.local.apigateway.keys.DefaultUsagePlan;
import dev.facet.local.apigateway.keys.UsageLedger;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.chaos.Chaotic;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.DatabaseCompaction;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.endpoints.ServiceEndpoints;
import dev.facet.local.http.AllowedHosts;
import dev.facet.local.http.BodyBudget;
import dev.facet.local.lambda.Function;
import dev.facet.local.lambda.InProcessLambda;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.lambda.isolated.IsolatedLambda;
import dev.facet.local.s3.EmbeddedS3;
import dev.facet.local.sqs.EmbeddedSqs;
import dev.facet.local.sqs.LocalJobs;
import dev.facet.local.sqs.QueuePoller;
import dev.facet.spec.ApiSpecification;
import dev.facet.vision.TorchBundles;
import dev.facet.vision.TorchFaceExtractor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The service on one machine: gateway, handlers, face service and stores in one process (functions
 * in separate ones on request), with all data in one folder.
 */
public final class LocalService implements AutoCloseable {

  private static final Tables TABLES = LocalAdministration.TABLES;

  /** Longer than the creation of a key takes. */
  private static final Duration REPAIR_AGE = Duration.ofMinutes(5);

  private static final Duration DEAD_LETTER_INTERVAL = Duration.ofMinutes(1);
  private static final Duration PRESENCE_INTERVAL = Duration.ofSeconds(1);
  static final String WORKER = "EnrolmentWorker";

  private final ServiceOptions options;
  private final PrintStream log;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final ApiSpecification specification;
  private final Deployment deployment;
  private final CloseStack closing = new CloseStack();
  private @Nullable DataFolder data;

  private LocalService(ServiceOptions options, PrintStream log) {
    this.options = options;
    this.log = log;
    this.specification = ApiSpecification.bundled().with(options.node().auth());
    this.deployment =
        new Deployment(
            Deployment.LOCAL_ACCOUNT, options.region(), Deployment.LOCAL_API, options.stage());
  }

  /**
   * A running service.
   *
   * @param service must be closed
   * @param credentials the demo application's
   */
  public record Started(LocalService service, Credentials credentials) implements AutoCloseable {
    @Override
    public void close() {
      service.close();
    }
  }

  /** The stores that all other parts use. */
  private record Stores(
      DataFolder data,
      DatabaseCompaction compaction,
      EmbeddedDynamo dynamo,
      EmbeddedS3 s3,
      EmbeddedSqs sqs) {}

  /** The Lambda emulators of the handlers and of the workers. */
  private record Functions(Lambda handlers, Lambda workers) {}

  /** Starts the service with its functions in this process. */
  public static Started start(
      ServiceOptions options, Supplier<Recognition> recognition, PrintStream log)
      throws IOException {
    return start(options, new FunctionHosting.InProcess(recognition), log);
  }

  /**
   * Starts the service, which answers requests when this returns.
   *
   * @param log receives a line per request from the handlers
   * @throws dev.facet.local.data.DataFolderInUse if another service has the data folder
   * @throws BundleMissing if the folder holds galleries of a bundle that is not on board
   * @throws IOException if the port is not available
   */
  public static Started start(ServiceOptions options, FunctionHosting hosting, PrintStream log)
      throws IOException {
    LocalService service = new LocalService(options, log);
    try {
      return service.assembled(hosting);
    } catch (IOException | RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  /**
   * Waits until the data folder is removed or replaced, which ends the service: its stores would
   * write to files without a name.
   *
   * @return the reason
   */
  public String awaitLoss() throws InterruptedException {
    DataFolder opened = data;
    if (opened == null) {
      throw new IllegalStateException("The service is not started.");
    }
    while (opened.isPresent()) {
      Thread.sleep(PRESENCE_INTERVAL);
    }
    return opened.lost();
  }

  /** Completes the requests in progress, then stops everything. */
  @Override
  public void close() {
    closing.close();
  }

  private Started assembled(FunctionHosting hosting) throws IOException {
    DataFolder data = closing.add(DataFolder.open(options.data()));
    DatabaseCompaction compaction = closing.add(DatabaseCompaction.before(data.folder("dynamodb")));
    this.data = data;
    try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
      Future<EmbeddedDynamo> dynamo =
          starters.submit(() -> closing.add(EmbeddedDynamo.start(data, TABLES)));
      Future<EmbeddedS3> s3 =
          starters.submit(
              () -> closing.add(EmbeddedS3.start(data, FaceServiceFactory.BUCKET, random)));
      Future<EmbeddedSqs> sqs =
          starters.submit(() -> closing.add(EmbeddedSqs.start(data, options.node().visibility())));
      return switch (hosting) {
        case FunctionHosting.InProcess(var recognition) -> {
          Future<Recognition> models = starters.submit(() -> closing.add(recognition.get()));
          Stores stores = new Stores(data, compaction, result(dynamo), result(s3), result(sqs));
          Recognition loaded = result(models);
          requireBundles(stores, loaded.bundles().ids());
          yield assembled(stores, loaded::bundles, base -> inProcess(base, loaded));
        }
        case FunctionHosting.Isolated isolated -> {
          List<Path> bundles = isolated.artefacts().bundles();
          Stores stores = new Stores(data, compaction, result(dynamo), result(s3), result(sqs));
          // without a bundle the face function itself says so
          if (bundles.stream().allMatch(LocalService::isBundle)) {
            requireBundles(
                stores,
                bundles.stream()
                    .map(folder -> Bundle.manifestIn(folder).id())
                    .collect(Collectors.toSet()));
          }
          yield assembled(
              stores,
              () -> new TorchBundles(bundles, TorchFaceExtractor.Settings.defaults()),
              base -> isolated(base, isolated));
        }
      };
    }
  }

  private static boolean isBundle(Path folder) {
    return Files.exists(folder.resolve(BundleManifest.FILE));
  }

  private static void requireBundles(Stores stores, Set<String> onBoard) {
    new BundleGuard(
            stores.data().file("bundles.json"),
            new StoredGalleries(stores.dynamo().client(), TABLES))
        .require(onBoard);
  }

  /** The components that functions are assembled from. */
  private record Base(
      Stores stores,
      DynamoDbClient dynamo,
      RateLimiter metering,
      LocalJobs jobs,
      ImageKeeper images) {}

  /** Starts the functions in one kind of {@link FunctionHosting}. */
  private interface Host {
    Functions host(Base base);
  }

  private Started assembled(Stores stores, Supplier<ImageBundles> bundles, Host host)
      throws IOException {
    DataFolder data = stores.data();
    Chaos chaos = options.node().chaos();
    DynamoDbClient dynamo = Chaotic.on(DynamoDbClient.class, stores.dynamo().client(), chaos);
    SqsClient queue = Chaotic.on(SqsClient.class, stores.sqs().client(), chaos);
    FaceServices services = new FaceServices(dynamo, TABLES, clock, random);
    ImageKeeper images = services.images(stores.s3().client(), FaceServiceFactory.BUCKET);
    LogSweeper logs = services.logSweeper();
    LocalAdministration local =
        LocalAdministration.of(
            data, stores.dynamo().client(), DefaultUsagePlan.of(specification), clock, random);
    UsageMeter meter =
        new UsageMeter(
            closing.add(new UsageLedger(data.file("usage.json"), data::requirePresent)), clock);
    RateLimiter metering = new PlanRateLimiter(local.gatewayKeys()::find, meter);
    LocalJobs jobs = new LocalJobs(data, stores.sqs(), queue, dynamo, TABLES, clock, random);
    Functions functions = host.host(new Base(stores, dynamo, metering, jobs, images));
    QueuePoller.Queues queues =
        new QueuePoller.Queues(
            jobs.queues().enrolments(), jobs.queues().deadLetters(), EnrolmentWorker.MAX_RECEIVES);
    closing.add(new QueuePoller(queue, queues, functions.workers(), WORKER, log));
    closing.add(new PeriodicTask("dead letters", DEAD_LETTER_INTERVAL, jobs::tendDeadLetters, log));
    KeyLifecycle lifecycle = local.administration().keys();
    closing.add(new PeriodicTask("image sweep", images::sweep, log));
    closing.add(new PeriodicTask("log sweep", () -> stores.compaction().after(logs::sweep), log));
    closing.add(new PeriodicTask("key repair", () -> lifecycle.repair(REPAIR_AGE), log));
    Gateway gateway =
        new Gateway(
            specification,
            deployment,
            options.allowedOrigins(),
            new Gateway.Backing(
                local.principals(), local.gatewayKeys(), meter, functions.handlers()),
            clock,
            UUID::randomUUID);
    GatewayServer server =
        closing.add(
            GatewayServer.start(
                gateway,
                options.port(),
                new AllowedHosts(options.hosts()),
                specification.limits().headerBytes(),
                BodyBudget.ofHeap(),
                GatewayServer.Timeouts.DEFAULT));
    DemoApplication demo =
        new DemoApplication(Credentials.file(data.file("credentials.json")), local);
    Credentials credentials = demo.at(server.endpoint() + deployment.prefix(), deployment);
    ApplicationErasure erasure =
        local.erasure(
            stores.dynamo().client(),
            stores.s3().client(),
            stores.compaction(),
            ApplicationErasure.CACHES_EXPIRE,
            clock);
    GalleryAudit galleries =
        LocalAdministration.galleries(
            stores.dynamo().client(), stores.s3()::client, bundles, clock, random);
    closing.add(
        AdminServer.start(data, local.administration(), jobs.dead(), erasure, galleries, random));
    demo.keepImages(credentials, options.keepImages());
    return new Started(this, credentials);
  }

  private Functions inProcess(Base base, Recognition recognition) {
    FaceServiceFactory faces =
        new FaceServiceFactory(
            recognition, options.node(), base.dynamo(), base.images(), TABLES, clock, random);
    Thread.ofPlatform().daemon().name("priming").start(faces::prime);
    FaceService service = faces.service(options.remoteFace(), clock, random);
    Lambda workers = closing.add(workers(base.jobs(), service));
    Services services = services(base.dynamo(), service).with(node(base.metering(), base.jobs()));
    return new Functions(closing.add(lambda(services)), workers);
  }

  private Functions isolated(Base base, FunctionHosting.Isolated isolated) {
    IsolatedLambda lambda =
        closing.add(new IsolatedLambda(isolated.concurrency(), clock, UUID::randomUUID, log));
    Stores stores = base.stores();
    ServiceEndpoints endpoints =
        closing.add(
            new ServiceEndpoints(
                base.dynamo(),
                stores.s3(),
                stores.sqs().client(),
                base.jobs().keys(),
                lambda,
                clock));
    new IsolatedFunctions(isolated, options, TABLES, endpoints.environment())
        .of(specification, base.jobs().queues())
        .forEach(lambda::deploy);
    return new Functions(lambda, lambda);
  }

  private Services services(DynamoDbClient dynamo, FaceService faces) {
    Settings settings =
        new Settings(Settings.DEFAULT.bodyBytes(), new Cors(options.allowedOrigins()));
    return Wiring.services(
        dynamo, TABLES, faces, new EndpointContext(settings, clock, UUID::randomUUID));
  }

  private NodePorts node(RateLimiter metering, LocalJobs jobs) {
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
    return new InProcessLambda(
        Map.of(WORKER, worker),
        new Lambda.Timeouts(time, time.plusSeconds(1)),
        clock,
        UUID::randomUUID,
        log);
  }

  private Lambda lambda(Services services) {
    return new InProcessLambda(
        HandlerFactory.functions(specification.functions(), services),
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
