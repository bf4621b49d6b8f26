package dev.facet.core.plans;

import dev.facet.core.retry.OutagePause;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the rate and the quota of each key's plan. A throttled request does not count against
 * the quota.
 */
public final class UsageMeter {

  private final UsageCounter counter;
  private final InstantSource clock;
  private final @Nullable SharedBuckets shared;
  private final OutagePause outage;
  private final Map<UUID, Metered> buckets = new ConcurrentHashMap<>();

  /**
   * The token bucket of a key under one plan; a changed plan gets a new bucket.
   *
   * @param lease the tokens of the bucket that all processes share; null if this process is alone
   */
  private record Metered(UsagePlan plan, TokenBucket bucket, @Nullable RateLease lease) {

    boolean take(Instant now) {
      if (!bucket.take(now)) {
        return false;
      }
      if (lease == null) {
        return true;
      }
      synchronized (lease) {
        return lease.take(now);
      }
    }
  }

  /** Creates the meter of the only process that meters, with quotas counted by {@code counter}. */
  public UsageMeter(UsageCounter counter, InstantSource clock) {
    this(counter, null, clock);
  }

  /**
   * Creates a meter that holds keys to their rates together with other processes.
   *
   * @param counter counts quotas
   * @param shared the buckets of all processes; while they cannot be reached, this process alone
   *     holds a key to its rate, and they are tried again after a pause
   */
  public UsageMeter(UsageCounter counter, @Nullable SharedBuckets shared, InstantSource clock) {
    this.counter = counter;
    this.shared = shared;
    this.clock = clock;
    this.outage = new OutagePause(clock);
  }

  /** Counts a request of a key and returns whether it may pass. */
  public UsageVerdict admit(UUID key, UsagePlan plan) {
    Instant now = clock.instant();
    if (!metered(key, plan, now).take(now)) {
      return UsageVerdict.THROTTLED;
    }
    UsagePlan.Quota quota = plan.quota();
    return quota == null || counter.spend(key, quota, LocalDate.ofInstant(now, ZoneOffset.UTC))
        ? UsageVerdict.ADMITTED
        : UsageVerdict.QUOTA_SPENT;
  }

  private Metered metered(UUID key, UsagePlan plan, Instant now) {
    if (!buckets.containsKey(key)) {
      // so that the table does not grow by keys that are no longer used
      buckets.values().removeIf(metered -> metered.bucket().isFull(now));
    }
    return buckets.compute(
        key,
        (id, known) -> known != null && known.plan().equals(plan) ? known : full(key, plan, now));
  }

  private Metered full(UUID key, UsagePlan plan, Instant now) {
    RateLease lease =
        shared == null || Double.isInfinite(plan.rate())
            ? null
            : new RateLease(key, plan, shared, outage);
    return new Metered(plan, new TokenBucket(plan.rate(), plan.burst(), now), lease);
  }
}
