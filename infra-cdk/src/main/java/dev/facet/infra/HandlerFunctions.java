package dev.facet.infra;

import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.StoreKeys;
import java.nio.file.Path;
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

  private final Map<String, HandlerFunction> byName = new LinkedHashMap<>();

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
      grantRequests(handler.permissions(), stores, face);
    }
    QueueGrants jobs = new QueueGrants(stores, retries);
    ENROLMENTS.forEach(name -> jobs.grantEnqueue(get(name).permissions()));
    jobs.grantReadStatus(get("node.JobState").permissions());
    HandlerFunction worker = new HandlerFunction(this, "tasks.EnrolmentWorker", shared);
    grantRequests(worker.permissions(), stores, face);
    jobs.grantWork(worker);
    jobs.grantDeadLetters(new HandlerFunction(this, "tasks.DeadLetter", shared));
    new SweepSchedule(stores)
        .grantSweep(
            new HandlerFunction(
                this, "tasks.SweepImages", shared.with(SweepSchedule.environment(stores))));
    new RepairSchedule(stores)
        .grantRepair(new HandlerFunction(this, "RepairKeys", repairing(shared, artefacts)));
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
    return Map.of(
        FunctionEnvironment.DATA_TABLE, stores.data().getTableName(),
        FunctionEnvironment.KEYS_TABLE, stores.keys().getTableName(),
        FunctionEnvironment.FACE_FUNCTION, face.live().getFunctionArn(),
        FunctionEnvironment.ALLOW_ORIGINS, String.join(",", settings.service().allowOrigins()),
        FunctionEnvironment.ENCRYPTION_FLOOR, String.valueOf(settings.service().encryptionFloor()),
        FunctionEnvironment.ENROL_QUEUE, retries.queue().getQueueUrl(),
        FunctionEnvironment.DEAD_LETTERS, retries.deadLetters().getQueueUrl(),
        FunctionEnvironment.JOB_KEY, stores.key().getKeyArn(),
        FunctionEnvironment.JOB_MAC_KEY, retries.jobNames().getKeyArn(),
        FunctionEnvironment.SERVICE, settings.general().stackName());
  }

  /**
   * Allows reads of keys, applications and plans, counts of usage, and calls of the face function.
   */
  private static void grantRequests(
      FunctionRole permissions, DataStores stores, FaceFunction face) {
    permissions.grant(List.of("dynamodb:GetItem"), stores.keys().getTableArn());
    String data = stores.data().getTableArn();
    permissions.grant(
        List.of("dynamodb:GetItem"),
        data,
        FunctionRole.keyed(StoreKeys.APPLICATION_PREFIX + "*", StoreKeys.PLAN_PREFIX + "*"));
    permissions.grant(
        List.of("dynamodb:UpdateItem"), data, FunctionRole.keyed(StoreKeys.USAGE_PREFIX + "*"));
    permissions.grant(List.of("lambda:InvokeFunction"), face.live().getFunctionArn());
    permissions.grantKey(FunctionRole.WRITE_KEY_ACTIONS, stores.key().getKeyArn(), "dynamodb");
  }
}
