package dev.facet.api.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.Wiring;
import dev.facet.aws.telemetry.ScheduledTask;
import dev.facet.aws.telemetry.ScheduledTask.Counter;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.DeadLetterService.Tended;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tends the dead letters every minute: replays those that are due and marks as dead the jobs whose
 * automatic replays are over. It ends in time for the calls in progress and for making the visited
 * messages visible again.
 */
public final class DeadLetterHandler implements RequestHandler<ScheduledEvent, Integer> {

  private static final Counter REPLAYED = new Counter("replayed", "JobsReplayed");
  private static final Counter SETTLED = new Counter("settled", "DeadJobsSettled");

  /** Time reserved for the last letter and for putting back the messages. */
  private static final Duration RESERVE = Duration.ofSeconds(12);

  private final DeadLetterService dead;
  private final InstantSource clock;
  private final ScheduledTask task;

  /** Creates the handler from the function's environment, for Lambda. */
  public DeadLetterHandler() {
    this(Wiring.fromEnvironment());
  }

  private DeadLetterHandler(Wiring wiring) {
    this(wiring.deadLetters(), InstantSource.system(), wiring.telemetry());
  }

  /** Creates the handler on the given dead-letter service. */
  public DeadLetterHandler(DeadLetterService dead, InstantSource clock, Telemetry telemetry) {
    this.dead = dead;
    this.clock = clock;
    this.task = new ScheduledTask(DeadLetterHandler.class, telemetry);
  }

  /** Returns the number of letters that were replayed or whose jobs were settled. */
  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    Instant until = clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
    return task.run(
        context.getFunctionName(),
        context.getAwsRequestId(),
        context.getLogger()::log,
        () -> counts(dead.tend(until)));
  }

  private static Map<Counter, Integer> counts(Tended tended) {
    Map<Counter, Integer> counts = new LinkedHashMap<>();
    counts.put(REPLAYED, tended.replayed());
    counts.put(SETTLED, tended.settled());
    return counts;
  }
}
