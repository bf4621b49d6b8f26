package dev.facet.core.plans;

import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cache of usage plans by id. An entry lives for one minute, so a changed plan takes effect
 * within that time. Safe for concurrent use.
 */
public final class CachedPlans implements Function<String, Optional<UsagePlan>> {

  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

  private final PlanStore plans;
  private final InstantSource clock;
  private final Retries retries;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(Optional<UsagePlan> plan, Instant until) {}

  /** Creates a cache that loads plans from {@code plans}, retrying by {@code retries}. */
  public CachedPlans(PlanStore plans, InstantSource clock, Retries retries) {
    this.plans = plans;
    this.clock = clock;
    this.retries = retries;
  }

  /**
   * Finds a plan by its id.
   *
   * @throws dev.facet.core.faults.TransientFault if the store does not answer for five seconds
   */
  @Override
  public Optional<UsagePlan> apply(String id) {
    Instant now = clock.instant();
    Known before = known.get(id);
    if (before != null && now.isBefore(before.until())) {
      return before.plan();
    }
    Optional<UsagePlan> plan = retries.shortly(() -> plans.find(id));
    known.put(id, new Known(plan, now.plus(REMEMBERED_FOR)));
    return plan;
  }
}
