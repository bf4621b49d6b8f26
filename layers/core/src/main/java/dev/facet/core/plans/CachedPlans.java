package dev.facet.core.plans;

import dev.facet.core.cache.ExpiringCache;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * A cache of at most 1,000 usage plans by id. An entry lives for one minute, so a changed plan
 * takes effect within that time. Safe for concurrent use.
 */
public final class CachedPlans implements Function<String, Optional<UsagePlan>> {

  private static final Duration CACHED_FOR = Duration.ofMinutes(1);
  private static final int MAX_CACHED = 1_000;

  private final PlanStore plans;
  private final Retries retries;
  private final ExpiringCache<String, Optional<UsagePlan>> cache;

  /** Creates a cache that loads plans from {@code plans}, retrying by {@code retries}. */
  public CachedPlans(PlanStore plans, InstantSource clock, Retries retries) {
    this.plans = plans;
    this.retries = retries;
    this.cache = new ExpiringCache<>(MAX_CACHED, clock, plan -> CACHED_FOR);
  }

  /**
   * Finds a plan by its id.
   *
   * @throws dev.facet.core.faults.TransientFault if the store does not answer for five seconds
   */
  @Override
  public Optional<UsagePlan> apply(String id) {
    return cache.get(id, () -> retries.shortly(() -> plans.find(id)));
  }
}
