package dev.facet.api.endpoint;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What an endpoint needs to answer at all.
 *
 * @param settings what a deployment may choose
 * @param clock the time, for deadlines and logs
 * @param ids random UUIDs, for correlation ids and operations
 */
public record Edge(Settings settings, InstantSource clock, Supplier<UUID> ids) {

  /** These settings with the system's clock and randomness. */
  public static Edge of(Settings settings) {
    return new Edge(settings, InstantSource.system(), UUID::randomUUID);
  }
}
