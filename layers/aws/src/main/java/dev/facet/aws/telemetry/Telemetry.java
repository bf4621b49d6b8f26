package dev.facet.aws.telemetry;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/** The destination of a function's metrics. Safe for concurrent use if {@code sink} is. */
public final class Telemetry {

  /**
   * Discards all metrics. A single machine has no reader of metrics, and its log stays readable.
   */
  public static final Telemetry NONE = new Telemetry("", InstantSource.system(), line -> {});

  private final String service;
  private final InstantSource clock;
  private final Consumer<String> sink;

  /**
   * @param service distinguishes deployments
   * @param clock the source of timestamps
   * @param sink receives each line; in Lambda, the standard output
   */
  public Telemetry(String service, InstantSource clock, Consumer<String> sink) {
    this.service = service;
    this.clock = clock;
    this.sink = sink;
  }

  /**
   * Returns the telemetry of the function in this process; {@code FACET_SERVICE} names the
   * deployment. Outside Lambda it returns {@link #NONE}.
   */
  public static Telemetry of(Map<String, String> environment, Consumer<String> standardOutput) {
    return environment.containsKey("AWS_LAMBDA_FUNCTION_NAME")
        ? new Telemetry(
            environment.getOrDefault("FACET_SERVICE", "Facet"),
            InstantSource.system(),
            standardOutput)
        : NONE;
  }

  /** Emits metrics. */
  public void tell(Metrics metrics) {
    sink.accept(metrics.line(service, clock.instant()));
  }
}
