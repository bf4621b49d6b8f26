package dev.facet.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.Version;
import software.constructs.Construct;

/**
 * One function: a few kilobytes of handlers on a shared layer. Lambda restores it from a snapshot
 * of its published version, and callers invoke its alias {@code live}.
 */
final class HandlerFunction extends Construct {

  /** Below API Gateway's 29 s, above the 22 s timeout of the call to the face function. */
  static final int TIMEOUT_SECONDS = 28;

  private final FunctionRole permissions;
  private final Version version;
  private final Alias live;

  HandlerFunction(Construct scope, String name, Shared shared) {
    super(scope, simple(name));
    permissions = new FunctionRole(this, shared.settings().storage());
    DeploymentSettings.Compute compute = shared.settings().compute();
    Function function =
        Function.Builder.create(this, "Function")
            .runtime(Runtime.JAVA_25)
            .architecture(FaceFunction.architecture(compute.processor()))
            .handler(shared.handlers() + name + "Handler")
            .code(shared.code())
            .layers(shared.libraries())
            .memorySize(compute.handlerMemory())
            .timeout(Duration.seconds(TIMEOUT_SECONDS))
            .environment(shared.environment())
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .role(permissions.role())
            .logGroup(permissions.log())
            .tracing(Tracing.ACTIVE)
            .build();
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "the alias is of a published version");
    version = function.getCurrentVersion();
    live = Alias.Builder.create(this, "Live").aliasName("live").version(version).build();
  }

  /** Returns the function's permissions; initially it may only write its log and traces. */
  FunctionRole permissions() {
    return permissions;
  }

  /** Returns the published version, of which Lambda makes the snapshot. */
  Version version() {
    return version;
  }

  /** Returns the alias to invoke. */
  Alias live() {
    return live;
  }

  /**
   * Lets EventBridge invoke the function periodically.
   *
   * @param id the id of the rule, a part of its logical id
   */
  void schedule(String id, Duration interval) {
    Rule.Builder.create(this, id)
        .schedule(Schedule.rate(interval))
        .targets(List.of(new LambdaFunction(live)))
        .build();
  }

  /** Returns the last part of a name such as {@code node.Enroll}. */
  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /**
   * The properties that several functions share.
   *
   * @param handlers the package of their handlers, with a trailing dot
   * @param code their jar
   * @param libraries the layers with everything else
   * @param environment their environment variables
   * @param settings the deployment's settings, such as memory sizes
   */
  record Shared(
      String handlers,
      Code code,
      List<LayerVersion> libraries,
      Map<String, String> environment,
      DeploymentSettings settings) {

    /** Returns a copy with additional environment variables. */
    Shared with(Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>(environment);
      all.putAll(more);
      return new Shared(handlers, code, libraries, all, settings);
    }
  }
}
