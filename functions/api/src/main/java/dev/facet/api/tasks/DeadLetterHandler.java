package dev.facet.api.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.Wiring;
import dev.facet.aws.telemetry.ColdStart;
import dev.facet.aws.telemetry.LogLine;
import dev.facet.aws.telemetry.Metrics;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.jobs.DeadLetterService;

/**
 * Records as dead, every minute, the jobs of dead-letter messages without a recorded outcome: their
 * worker was killed or never ran. The messages stay in the dead-letter queue for replay.
 */
public final class DeadLetterHandler implements RequestHandler<ScheduledEvent, Integer> {

  private final DeadLetterService dead;
  private final Telemetry telemetry;
  private final ColdStart coldStart = new ColdStart();

  /** Creates the handler from the function's environment, for Lambda. */
  public DeadLetterHandler() {
    this(Wiring.fromEnvironment());
  }

  private DeadLetterHandler(Wiring wiring) {
    this(wiring.deadJobs(), wiring.telemetry());
  }

  /** Creates the handler on the given dead-letter service. */
  public DeadLetterHandler(DeadLetterService dead, Telemetry telemetry) {
    this.dead = dead;
    this.telemetry = telemetry;
  }

  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    int marked = dead.mark();
    String handler = getClass().getSimpleName();
    LogLine log =
        new LogLine(
                handler, context.getFunctionName(), context.getAwsRequestId(), coldStart.isNow())
            .with("marked", marked);
    context.getLogger().log(log + "\n");
    telemetry.emit(new Metrics(handler).count("JobsMarkedDead", marked));
    return marked;
  }
}
