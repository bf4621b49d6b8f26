package dev.facet.api.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.Wiring;
import dev.facet.aws.telemetry.ScheduledTask;
import dev.facet.aws.telemetry.ScheduledTask.Counter;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.gallery.LogSweeper;
import dev.facet.core.images.ImageKeeper;

/**
 * Erases, every hour, photos that no subject refers to and that a crash or a failing store left
 * behind, and templates that were replaced or deleted from the galleries' logs. A fault is thrown,
 * and the next run continues.
 */
public final class SweepImagesHandler implements RequestHandler<ScheduledEvent, Integer> {

  private final ScheduledTask photos;
  private final ScheduledTask templates;

  /** Creates the handler from the function's environment, for Lambda. */
  public SweepImagesHandler() {
    this(Wiring.fromEnvironment());
  }

  private SweepImagesHandler(Wiring wiring) {
    this(wiring.images(), wiring.logSweeper(), wiring.telemetry());
  }

  /** Creates the handler on the given images, logs and telemetry. */
  public SweepImagesHandler(ImageKeeper images, LogSweeper logs, Telemetry telemetry) {
    this.templates =
        new ScheduledTask(
            SweepImagesHandler.class,
            new Counter("templates", "TemplatesErased"),
            logs::sweep,
            telemetry);
    this.photos =
        new ScheduledTask(
            SweepImagesHandler.class,
            new Counter("erased", "ImagesSwept"),
            images::sweep,
            telemetry);
  }

  /** Returns the number of erased photos. */
  @Override
  public Integer handleRequest(ScheduledEvent event, Context context) {
    try {
      return run(photos, context);
    } finally {
      run(templates, context);
    }
  }

  private static int run(ScheduledTask task, Context context) {
    return task.run(context.getFunctionName(), context.getAwsRequestId(), context.getLogger()::log);
  }
}
