package dev.facet.aws.telemetry;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/** Where a function's metrics go. Safe for concurrent use if {@code sink} is. */
public final class Telemetry {

  /** Nowhere: on one machine nobody reads them, and the log stays readable. */
  public static final Telemetry NONE = new Telemetry("", InstantSource.system(), line -> {});

  private final String service;
  private final InstantSource clock;
  private final Consumer<String> sink;

  /**
   * @param service tells deployments apart
   * @param clock for timestamps
   * @param sink told of each line; in Lambda the standard output
   */
  public Telemetry(String service, InstantSource clock, Consumer<String> sink) {
    this.service = service;
    this.clock = clock;
    this.sink = sink;
  }

  /**
   * That of the function that this process runs: {@code FACET_SERVICE} names the deployment. Where
   * Lambda does not run it, there is none.
   */
  public static Telemetry of(Map<String, String> environment, Consumer<String> standardOutput) {
    return environment.containsKey("AWS_LAMBDA_FUNCTION_NAME")
        ? new Telemetry(
            environment.getOrDefault("FACET_SERVICE", "Facet"),
            InstantSource.system(),
            standardOutput)
        : NONE;
  }

  /** Has metrics told. */
  public void tell(Metrics metrics) {
    sink.accept(metrics.line(service, clock.instant()));
  }
}
