package dev.facet.api.http;

import dev.facet.aws.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The environment that every endpoint needs.
 *
 * @param settings the deployment's settings
 * @param clock the clock, for deadlines and logs
 * @param ids random UUIDs, for correlation ids and operations
 * @param telemetry receives metrics
 */
public record EndpointContext(
    Settings settings, InstantSource clock, Supplier<UUID> ids, Telemetry telemetry) {

  /** Creates a context that emits no metrics. */
  public EndpointContext(Settings settings, InstantSource clock, Supplier<UUID> ids) {
    this(settings, clock, ids, Telemetry.NONE);
  }

  /** Returns a context with the given settings, the system's clock and random UUIDs. */
  public static EndpointContext of(Settings settings) {
    return new EndpointContext(settings, InstantSource.system(), UUID::randomUUID);
  }

  /** Returns a copy with the given telemetry. */
  public EndpointContext with(Telemetry other) {
    return new EndpointContext(settings, clock, ids, other);
  }
}
