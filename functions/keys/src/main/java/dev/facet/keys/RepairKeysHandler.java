package dev.facet.keys;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.telemetry.ScheduledTask;
import dev.facet.aws.telemetry.ScheduledTask.Counter;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.keys.KeyLifecycle;
import java.time.Duration;

/**
 * A scheduled function that completes or rolls back interrupted creations and deletions of keys. A
 * fault is thrown, and the next run tries again.
 */
public final class RepairKeysHandler implements RequestHandler<ScheduledEvent, Integer> {

  /** The minimum age of a record to repair, which exceeds the duration of a key's creation. */
  private static final Duration MIN_AGE = Duration.ofMinutes(5);

  private final ScheduledTask task;

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
    this.task =
        new ScheduledTask(
            RepairKeysHandler.class,
            new Counter("repaired", "KeysRepaired"),
            () -> lifecycle.repair(MIN_AGE).size(),
            telemetry);
  }

  /** Returns the number of repaired keys. */
  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    return task.run(context.getFunctionName(), context.getAwsRequestId(), context.getLogger()::log);
  }
}
