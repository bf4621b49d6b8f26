package dev.facet.local.service;

import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.Tables;
import dev.facet.local.lambda.Lambda.Timeouts;
import dev.facet.local.lambda.isolated.FunctionSettings;
import dev.facet.local.sqs.LocalJobs;
import dev.facet.spec.ApiSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The stack's functions with the stack's settings, for processes of this machine. */
final class IsolatedFunctions {

  private static final String FACE = "Face";
  private static final int HANDLER_MEGABYTES = 1769;
  private static final int FACE_MEGABYTES = 3008;
  private static final int MAX_HANDLERS = 4;
  private static final int MAX_WORKERS = 2;

  /** Each process holds the networks and the galleries separately, so the limit is low. */
  private static final int MAX_FACES = 2;

  /** Additional time for the caller, because a process starts before it has its event. */
  private static final Duration COLD_START = Duration.ofSeconds(20);

  /** Options as on Lambda, with a heap of at most half of the function's memory. */
  private static final List<String> HANDLER_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx" + HANDLER_MEGABYTES / 2 + "m",
          "--enable-native-access=ALL-UNNAMED");

  private static final String FACE_HEAP = "-Xmx" + FACE_MEGABYTES / 2 + "m";

  private final FunctionHosting.Isolated isolated;
  private final ServiceOptions options;
  private final Tables tables;
  private final Map<String, String> services;

  /**
   * @param services the embedded services' endpoints, as variables of the AWS SDK
   */
  IsolatedFunctions(
      FunctionHosting.Isolated isolated,
      ServiceOptions options,
      Tables tables,
      Map<String, String> services) {
    this.isolated = isolated;
    this.options = options;
    this.tables = tables;
    this.services = services;
  }

  /** Returns the functions of the API and the further functions that they need. */
  List<FunctionSettings> of(ApiSpecification specification, LocalJobs.Queues queues) {
    Map<String, String> environment = handlerEnvironment(queues);
    ApiSpecification.Limits limits = specification.limits();
    Timeouts timeouts = new Timeouts(limits.handlerTimeout(), limits.gatewayTimeout());
    List<FunctionSettings> functions = new ArrayList<>();
    for (String name : specification.functions()) {
      functions.add(handler(name, name, environment, timeouts, MAX_HANDLERS));
    }
    Duration time = options.node().workerTime();
    functions.add(
        handler(
            LocalService.WORKER,
            "tasks." + LocalService.WORKER,
            environment,
            new Timeouts(time, time.plus(COLD_START)),
            MAX_WORKERS));
    functions.add(handler("DeadLetter", "tasks.DeadLetter", environment, timeouts, 1));
    functions.add(handler("SweepImages", "tasks.SweepImages", environment, timeouts, 1));
    functions.add(face(limits.handlerTimeout()));
    return functions;
  }

  /** Returns the function that repairs API Gateway's keys; a local service never invokes it. */
  FunctionSettings repairKeys(ApiSpecification specification) {
    ApiSpecification.Limits limits = specification.limits();
    return new FunctionSettings(
        "RepairKeys",
        "dev.facet.keys.RepairKeysHandler",
        isolated.artefacts().keys(),
        HANDLER_JVM,
        stores(),
        HANDLER_MEGABYTES,
        new Timeouts(limits.handlerTimeout(), limits.gatewayTimeout()),
        1);
  }

  private FunctionSettings handler(
      String name,
      String type,
      Map<String, String> environment,
      Timeouts timeouts,
      int maxProcesses) {
    return new FunctionSettings(
        name,
        "dev.facet.api." + type + "Handler",
        isolated.artefacts().handlers(),
        HANDLER_JVM,
        environment,
        HANDLER_MEGABYTES,
        timeouts,
        maxProcesses);
  }

  private FunctionSettings face(Duration time) {
    List<String> jvm = new ArrayList<>(isolated.artefacts().faceOptions());
    jvm.add(FACE_HEAP);
    return new FunctionSettings(
        FACE,
        "dev.facet.face.lambda.FaceHandler",
        isolated.artefacts().face(),
        jvm,
        faceEnvironment(),
        FACE_MEGABYTES,
        new Timeouts(time, time.plus(COLD_START)),
        MAX_FACES);
  }

  private Map<String, String> handlerEnvironment(LocalJobs.Queues queues) {
    Map<String, String> environment = stores();
    environment.put(FunctionEnvironment.FACE_FUNCTION, FACE);
    environment.put(FunctionEnvironment.ALLOW_ORIGINS, String.join(",", options.allowedOrigins()));
    environment.put(
        FunctionEnvironment.ENCRYPTION_FLOOR, Integer.toString(options.node().encryptionFloor()));
    environment.put(FunctionEnvironment.ENROL_QUEUE, queues.enrolments());
    environment.put(FunctionEnvironment.DEAD_LETTERS, queues.deadLetters());
    environment.put(FunctionEnvironment.JOB_KEY, "jobs");
    environment.put(FunctionEnvironment.JOB_MAC_KEY, "jobs");
    environment.put(FunctionEnvironment.IMAGES_BUCKET, FaceServiceFactory.BUCKET);
    return environment;
  }

  private Map<String, String> faceEnvironment() {
    Map<String, String> environment = stores();
    environment.put(
        FunctionEnvironment.BUNDLES,
        isolated.artefacts().bundles().stream()
            .map(folder -> folder.toAbsolutePath().toString())
            .collect(Collectors.joining(",")));
    environment.put(FunctionEnvironment.IMAGES_BUCKET, FaceServiceFactory.BUCKET);
    environment.put("OPENCV_LOG_LEVEL", "SILENT");
    environment.put("OPT_OUT_TRACKING", "true");
    if (!isolated.matching().isBlank()) {
      environment.put(FunctionEnvironment.MATCHING, isolated.matching());
    }
    return environment;
  }

  private Map<String, String> stores() {
    Map<String, String> environment = new HashMap<>(services);
    environment.put(FunctionEnvironment.DATA_TABLE, tables.data());
    environment.put(FunctionEnvironment.KEYS_TABLE, tables.keys());
    environment.put(FunctionEnvironment.LEDGER_TABLE, tables.ledger());
    return environment;
  }
}
