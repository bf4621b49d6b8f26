package dev.facet.api.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.Wiring;
import dev.facet.aws.telemetry.ScheduledTask;
import dev.facet.aws.telemetry.ScheduledTask.Counter;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.jobs.DeadLetterService;

/**
 * Records as dead, every minute, the jobs of dead-letter messages without a recorded outcome: their
 * worker was killed or never ran. The messages stay in the dead-letter queue for replay.
 */
public final class DeadLetterHandler implements RequestHandler<ScheduledEvent, Integer> {

  private final ScheduledTask task;

  /** Creates the handler from the function's environment, for Lambda. */
  public DeadLetterHandler() {
    this(Wiring.fromEnvironment());
  }

  private DeadLetterHandler(Wiring wiring) {
    this(wiring.deadLetters(), wiring.telemetry());
  }

  /** Creates the handler on the given dead-letter service. */
  public DeadLetterHandler(DeadLetterService dead, Telemetry telemetry) {
    this.task =
        new ScheduledTask(
            DeadLetterHandler.class,
            new Counter("marked", "JobsMarkedDead"),
            dead::mark,
            telemetry);
  }

  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    return task.run(context.getFunctionName(), context.getAwsRequestId(), context.getLogger()::log);
  }
}
