package dev.facet.api.node;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.Wiring;
import dev.facet.api.endpoint.LogLine;
import dev.facet.core.jobs.DeadJobs;

/**
 * Records as dead, every minute, the jobs of dead letters that no worker recorded: it was killed,
 * or never reached. The letters stay for whoever replays them.
 */
public final class DeadLetterHandler implements RequestHandler<ScheduledEvent, Integer> {

  private final DeadJobs dead;

  /** For Lambda. */
  public DeadLetterHandler() {
    this(Wiring.fromEnvironment().deadJobs());
  }

  /** On dead letters found elsewhere. */
  public DeadLetterHandler(DeadJobs dead) {
    this.dead = dead;
  }

  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    int marked = dead.mark();
    LogLine log = new LogLine().with("handler", getClass().getSimpleName()).with("marked", marked);
    context.getLogger().log(log + "\n");
    return marked;
  }
}
