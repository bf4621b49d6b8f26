package dev.facet.api.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.Wiring;
import dev.facet.aws.telemetry.ColdStart;
import dev.facet.aws.telemetry.LogLine;
import dev.facet.aws.telemetry.Metrics;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.images.ImageKeeper;

/**
 * Erases, every hour, photos that no subject refers to any more and that a crash, or a store that
 * could not do so, had left. A fault is thrown, and the next run goes on.
 */
public final class SweepImagesHandler implements RequestHandler<ScheduledEvent, Integer> {

  private final ImageKeeper images;
  private final Telemetry telemetry;
  private final ColdStart coldStart = new ColdStart();

  /** For Lambda. */
  public SweepImagesHandler() {
    this(Wiring.fromEnvironment());
  }

  private SweepImagesHandler(Wiring wiring) {
    this(wiring.images(), wiring.telemetry());
  }

  /** Of images kept elsewhere. */
  public SweepImagesHandler(ImageKeeper images, Telemetry telemetry) {
    this.images = images;
    this.telemetry = telemetry;
  }

  /** How many were erased. */
  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    int erased = images.sweep();
    String handler = getClass().getSimpleName();
    LogLine log =
        new LogLine(
                handler, context.getFunctionName(), context.getAwsRequestId(), coldStart.isNow())
            .with("erased", erased);
    context.getLogger().log(log + "\n");
    telemetry.tell(new Metrics(handler).count("ImagesSwept", erased));
    return erased;
  }
}
