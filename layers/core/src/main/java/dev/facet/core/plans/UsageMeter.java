package dev.facet.core.plans;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Enforces the rate and the quota of each key's plan. A throttled request does not count against
 * the quota.
 */
public final class UsageMeter {

  private final UsageCounter counter;
  private final InstantSource clock;
  private final Map<UUID, Metered> buckets = new ConcurrentHashMap<>();

  /** The token bucket of a key under one plan; a changed plan gets a new bucket. */
  private record Metered(UsagePlan plan, TokenBucket bucket) {}

  /** Creates a meter that counts rates in memory and quotas by {@code counter}. */
  public UsageMeter(UsageCounter counter, InstantSource clock) {
    this.counter = counter;
    this.clock = clock;
  }

  /** Counts a request of a key and returns whether it may pass. */
  public UsageVerdict admit(UUID key, UsagePlan plan) {
    Instant now = clock.instant();
    if (!bucket(key, plan, now).take(now)) {
      return UsageVerdict.THROTTLED;
    }
    UsagePlan.Quota quota = plan.quota();
    return quota == null || counter.spend(key, quota, LocalDate.ofInstant(now, ZoneOffset.UTC))
        ? UsageVerdict.ADMITTED
        : UsageVerdict.QUOTA_SPENT;
  }

  private TokenBucket bucket(UUID key, UsagePlan plan, Instant now) {
    if (!buckets.containsKey(key)) {
      // so that the table does not grow by keys that are no longer used
      buckets.values().removeIf(metered -> metered.bucket().isFull(now));
    }
    return buckets
        .compute(
            key,
            (id, known) ->
                known != null && known.plan().equals(plan)
                    ? known
                    : new Metered(plan, new TokenBucket(plan.rate(), plan.burst(), now)))
        .bucket();
  }
}
