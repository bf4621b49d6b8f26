package dev.facet.core.keys;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.cache.ExpiringCache;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves an API key to the application that it belongs to.
 *
 * <p>Results are cached: an admission for five seconds, a refusal for one second, so that disabling
 * a key and adding a key both take effect within that time. The cache holds at most 10,000 results
 * and evicts those looked up longest ago, so a flood of unknown keys cannot exhaust memory. Safe
 * for concurrent use.
 */
public final class Authenticator {

  private static final Duration ADMITTED_FOR = Duration.ofSeconds(5);
  private static final Duration REFUSED_FOR = Duration.ofSeconds(1);
  private static final int MAX_CACHED = 10_000;

  private final KeyStore keys;
  private final ApplicationStore applications;
  private final InstantSource clock;
  private final Retries retries;
  private final ExpiringCache<KeyId, Optional<KeyGrant>> grants;

  /** Creates an authenticator with an empty cache and the default retry policy. */
  public Authenticator(KeyStore keys, ApplicationStore applications, InstantSource clock) {
    this(keys, applications, clock, Retries.of(clock));
  }

  /**
   * Creates an authenticator with an empty cache that retries calls to the stores by {@code
   * retries}.
   */
  public Authenticator(
      KeyStore keys, ApplicationStore applications, InstantSource clock, Retries retries) {
    this.keys = keys;
    this.applications = applications;
    this.clock = clock;
    this.retries = retries;
    this.grants =
        new ExpiringCache<>(
            MAX_CACHED, clock, grant -> grant.isPresent() ? ADMITTED_FOR : REFUSED_FOR);
  }

  /**
   * Returns the rights of a key.
   *
   * @param caller the unique id of the IAM principal that signed the request, as API Gateway passes
   *     it: {@code AIDA…}, or {@code AROA…:SESSION} for a role; null if the request is unsigned
   * @return empty if the key is unknown, not accepted now, bound to another principal, or names no
   *     application, or one that is being erased
   * @throws dev.facet.core.faults.TransientFault if the stores do not answer for five seconds; the
   *     failure is not cached
   */
  public Optional<KeyGrant> admission(ApiKey key, @Nullable String caller) {
    return key.isWellFormed()
        ? cached(KeyId.of(key)).filter(admission -> admission.isFor(caller))
        : Optional.empty();
  }

  /** Returns the application of a key, under the same rules as {@link #admission}. */
  public Optional<Application> application(ApiKey key, @Nullable String caller) {
    return admission(key, caller).map(KeyGrant::application);
  }

  private Optional<KeyGrant> cached(KeyId id) {
    return grants.get(id, () -> lookUp(id));
  }

  private Optional<KeyGrant> lookUp(KeyId id) {
    Instant soon = retries.soon();
    return retries
        .until(soon, () -> keys.find(id))
        .filter(record -> record.isAccepted(clock.instant()))
        .flatMap(
            record ->
                retries
                    .until(soon, () -> applications.find(record.application()))
                    .filter(application -> !application.hasErasureBegun())
                    .map(application -> KeyGrant.of(application, record)));
  }
}
