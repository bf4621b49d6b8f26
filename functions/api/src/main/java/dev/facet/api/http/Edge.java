package dev.facet.api.http;

import dev.facet.aws.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What an endpoint needs to answer at all.
 *
 * @param settings what a deployment may choose
 * @param clock the time, for deadlines and logs
 * @param ids random UUIDs, for correlation ids and operations
 * @param telemetry where metrics go
 */
public record Edge(
    Settings settings, InstantSource clock, Supplier<UUID> ids, Telemetry telemetry) {

  /** Without metrics. */
  public Edge(Settings settings, InstantSource clock, Supplier<UUID> ids) {
    this(settings, clock, ids, Telemetry.NONE);
  }

  /** These settings with the system's clock and randomness. */
  public static Edge of(Settings settings) {
    return new Edge(settings, InstantSource.system(), UUID::randomUUID);
  }

  /** The same, telling its metrics. */
  public Edge with(Telemetry other) {
    return new Edge(settings, clock, ids, other);
  }
}
