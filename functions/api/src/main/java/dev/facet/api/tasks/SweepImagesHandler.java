package dev.facet.api.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.Wiring;
import dev.facet.aws.telemetry.ScheduledTask;
import dev.facet.aws.telemetry.ScheduledTask.Counter;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.images.ImageKeeper;

/**
 * Erases, every hour, photos that no subject refers to and that a crash or a failing store left
 * behind. A fault is thrown, and the next run continues.
 */
public final class SweepImagesHandler implements RequestHandler<ScheduledEvent, Integer> {

  private final ScheduledTask task;

  /** Creates the handler from the function's environment, for Lambda. */
  public SweepImagesHandler() {
    this(Wiring.fromEnvironment());
  }

  private SweepImagesHandler(Wiring wiring) {
    this(wiring.images(), wiring.telemetry());
  }

  /** Creates the handler on the given images and telemetry. */
  public SweepImagesHandler(ImageKeeper images, Telemetry telemetry) {
    this.task =
        new ScheduledTask(
            SweepImagesHandler.class,
            new Counter("erased", "ImagesSwept"),
            images::sweep,
            telemetry);
  }

  /** Returns the number of erased photos. */
  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    return task.run(context.getFunctionName(), context.getAwsRequestId(), context.getLogger()::log);
  }
}
