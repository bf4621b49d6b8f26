package dev.facet.aws.telemetry;

import dev.facet.aws.FunctionEnvironment;
import java.time.InstantSource;
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
   * Returns the telemetry of a function with the given environment. Outside Lambda it returns
   * {@link #NONE}.
   */
  public static Telemetry of(FunctionEnvironment environment, Consumer<String> standardOutput) {
    return environment.isLambda()
        ? new Telemetry(environment.service(), InstantSource.system(), standardOutput)
        : NONE;
  }

  /** Emits metrics. */
  public void emit(Metrics metrics) {
    sink.accept(metrics.line(service, clock.instant()));
  }
}
