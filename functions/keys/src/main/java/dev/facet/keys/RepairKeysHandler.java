package dev.facet.keys;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.telemetry.ColdStart;
import dev.facet.aws.telemetry.LogLine;
import dev.facet.aws.telemetry.Metrics;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.keys.KeyLifecycle;
import java.time.Duration;

/**
 * A scheduled function that completes or rolls back interrupted creations and deletions of keys. A
 * fault is thrown, and the next run tries again.
 */
public final class RepairKeysHandler implements RequestHandler<ScheduledEvent, Integer> {

  /** The minimum age of a record to repair, which exceeds the duration of a key's creation. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(5);

  private final KeyLifecycle lifecycle;
  private final Telemetry telemetry;
  private final ColdStart coldStart = new ColdStart();

  /** Creates the handler from the environment, for Lambda. */
  public RepairKeysHandler() {
    this(FunctionEnvironment.ofProcess());
  }

  private RepairKeysHandler(FunctionEnvironment environment) {
    this(
        DeployedKeys.fromEnvironment().lifecycle(environment.tables()),
        Telemetry.of(environment, System.out::println));
  }

  /** Creates the handler on a given life cycle. */
  public RepairKeysHandler(KeyLifecycle lifecycle, Telemetry telemetry) {
    this.lifecycle = lifecycle;
    this.telemetry = telemetry;
  }

  /** Returns the number of repaired keys. */
  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    int repaired = lifecycle.repair(LEFT_BEHIND).size();
    String handler = getClass().getSimpleName();
    LogLine log =
        new LogLine(
                handler, context.getFunctionName(), context.getAwsRequestId(), coldStart.isNow())
            .with("repaired", repaired);
    context.getLogger().log(log + "\n");
    telemetry.emit(new Metrics(handler).count("KeysRepaired", repaired));
    return repaired;
  }
}
