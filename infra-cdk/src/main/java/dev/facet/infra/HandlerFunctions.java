package dev.facet.infra;

import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.StoreKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/** The API functions, one for each that the specification names, and the background functions. */
final class HandlerFunctions extends Construct {

  /** The functions that queue an enrolment after a transient fault. */
  private static final List<String> ENROLMENTS = List.of("node.Enroll", "node.PlainEnroll");

  /** The beginning of the names of functions that meter their keys themselves. */
  private static final String NODE = "node.";

  /** The functions that never call the face function. */
  private static final List<String> WITHOUT_FACES = List.of("node.CheckApiKey", "node.JobState");

  private final Map<String, HandlerFunction> byName = new LinkedHashMap<>();
  private final Map<String, HandlerFunction> scheduled = new LinkedHashMap<>();
  private final HandlerFunction worker;

  HandlerFunctions(
      Construct scope,
      DeploymentSettings settings,
      DeployedArtefacts artefacts,
      List<String> names,
      DataStores stores,
      RetryQueue retries,
      FaceFunction face) {
    super(scope, "Handlers");
    HandlerFunction.Shared shared =
        new HandlerFunction.Shared(
            "dev.facet.api.",
            Code.fromAsset(artefacts.handlers().toString()),
            List.of(
                layer(
                    "Libraries",
                    "Facet's core and AWS layers and the jars that they need",
                    artefacts.libraries())),
            environment(settings, stores, retries, face),
            settings);
    for (String name : names) {
      HandlerFunction handler = new HandlerFunction(this, name, shared);
      byName.put(name, handler);
      grantRequests(name, handler.permissions(), stores, face);
    }
    QueueGrants jobs = new QueueGrants(stores, retries);
    ENROLMENTS.forEach(name -> jobs.grantEnqueue(get(name).permissions()));
    jobs.grantReadStatus(get("node.JobState").permissions());
    worker = new HandlerFunction(this, "tasks.EnrolmentWorker", shared);
    grantFaces(worker.permissions(), face);
    grantTableKey(worker.permissions(), stores);
    jobs.grantWork(worker);
    jobs.grantDeadLetters(scheduled("DeadLetter", "tasks.DeadLetter", shared));
    new SweepSchedule(stores)
        .grantSweep(
            scheduled(
                "SweepImages",
                "tasks.SweepImages",
                shared.with(SweepSchedule.environment(stores))));
    if (settings.access().repair()) {
      new RepairSchedule(stores)
          .grantRepair(scheduled("RepairKeys", "RepairKeys", repairing(shared, artefacts)));
    }
  }

  private HandlerFunction scheduled(String id, String name, HandlerFunction.Shared shared) {
    HandlerFunction handler = new HandlerFunction(this, name, shared);
    scheduled.put(id, handler);
    return handler;
  }

  /** Returns the functions that a schedule runs, by their simple names. */
  Map<String, HandlerFunction> scheduled() {
    return Collections.unmodifiableMap(scheduled);
  }

  /**
   * Returns the functions without a schedule: those of the API, by name, and the queue's worker.
   */
  Map<String, HandlerFunction> requested() {
    Map<String, HandlerFunction> requested = new LinkedHashMap<>(byName);
    requested.put("tasks.EnrolmentWorker", worker);
    return requested;
  }

  /** Returns all functions, in the order of their creation. */
  List<HandlerFunction> all() {
    List<HandlerFunction> all = new ArrayList<>(requested().values());
    all.addAll(scheduled.values());
    return all;
  }

  private HandlerFunction.Shared repairing(
      HandlerFunction.Shared api, DeployedArtefacts artefacts) {
    LayerVersion besides =
        layer("KeysLibraries", "API Gateway's client", artefacts.repairLibraries());
    return new HandlerFunction.Shared(
        "dev.facet.keys.",
        Code.fromAsset(artefacts.repair().toString()),
        List.of(api.libraries().getFirst(), besides),
        api.environment(),
        api.settings());
  }

  private LayerVersion layer(String id, String description, Path folder) {
    return LayerVersion.Builder.create(this, id)
        .description(description)
        .code(Code.fromAsset(folder.toString()))
        .compatibleRuntimes(List.of(Runtime.JAVA_25))
        .build();
  }

  /** Returns the function with a name from the specification, such as {@code node.Enroll}. */
  HandlerFunction get(String name) {
    HandlerFunction handler = byName.get(name);
    if (handler == null) {
      throw new IllegalArgumentException("no function is named " + name);
    }
    return handler;
  }

  private static Map<String, String> environment(
      DeploymentSettings settings, DataStores stores, RetryQueue retries, FaceFunction face) {
    return Map.ofEntries(
        Map.entry(FunctionEnvironment.DATA_TABLE, stores.data().getTableName()),
        Map.entry(FunctionEnvironment.KEYS_TABLE, stores.keys().getTableName()),
        Map.entry(FunctionEnvironment.LEDGER_TABLE, stores.ledger().getTableName()),
        Map.entry(FunctionEnvironment.FACE_FUNCTION, face.live().getFunctionArn()),
        Map.entry(
            FunctionEnvironment.ALLOW_ORIGINS, String.join(",", settings.service().allowOrigins())),
        Map.entry(
            FunctionEnvironment.ENCRYPTION_FLOOR,
            String.valueOf(settings.service().encryptionFloor())),
        Map.entry(FunctionEnvironment.ENROL_QUEUE, retries.queue().getQueueUrl()),
        Map.entry(FunctionEnvironment.DEAD_LETTERS, retries.deadLetters().getQueueUrl()),
        Map.entry(FunctionEnvironment.JOB_KEY, stores.key().getKeyArn()),
        Map.entry(FunctionEnvironment.JOB_MAC_KEY, retries.jobNames().getKeyArn()),
        Map.entry(FunctionEnvironment.SERVICE, settings.general().stackName()));
  }

  /**
   * Allows the calls of a function that answers requests. All read the key's record and its
   * application. Under {@code /node} the handler meters the key, as the gateway does elsewhere.
   */
  private static void grantRequests(
      String name, FunctionRole permissions, DataStores stores, FaceFunction face) {
    permissions.grant(List.of("dynamodb:GetItem"), stores.keys().getTableArn());
    grantReads(permissions, stores, StoreKeys.APPLICATION_PREFIX);
    grantTableKey(permissions, stores);
    if (name.startsWith(NODE)) {
      grantReads(permissions, stores, StoreKeys.PLAN_PREFIX);
      permissions.grant(
          List.of("dynamodb:UpdateItem"),
          stores.data().getTableArn(),
          FunctionRole.keyed(StoreKeys.USAGE_PREFIX + "*"));
    }
    if (!WITHOUT_FACES.contains(name)) {
      grantFaces(permissions, face);
    }
  }

  private static void grantReads(FunctionRole permissions, DataStores stores, String prefix) {
    permissions.grant(
        List.of("dynamodb:GetItem"), stores.data().getTableArn(), FunctionRole.keyed(prefix + "*"));
  }

  private static void grantTableKey(FunctionRole permissions, DataStores stores) {
    permissions.grantKey(FunctionRole.WRITE_KEY_ACTIONS, stores.key().getKeyArn(), "dynamodb");
  }

  private static void grantFaces(FunctionRole permissions, FaceFunction face) {
    permissions.grant(List.of("lambda:InvokeFunction"), face.live().getFunctionArn());
  }
}
