package dev.facet.api.endpoint;

import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.faces.FaceService;
import dev.facet.core.keys.Authenticator;
import dev.facet.core.keys.KeyStore;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What handlers work with; all of it is safe for concurrent use.
 *
 * @param authenticator tells whose a key is
 * @param faces does the work
 * @param settings what a deployment may choose
 * @param clock the time, for deadlines and logs
 * @param ids random UUIDs, for correlation ids and operations
 */
public record Services(
    Authenticator authenticator,
    FaceService faces,
    Settings settings,
    InstantSource clock,
    Supplier<UUID> ids) {

  /** Services on these stores, the system's clock and randomness, and default settings. */
  public static Services of(KeyStore keys, ApplicationStore applications, FaceService faces) {
    InstantSource clock = InstantSource.system();
    return new Services(
        new Authenticator(keys, applications, clock),
        faces,
        Settings.DEFAULT,
        clock,
        UUID::randomUUID);
  }
}
