package dev.facet.core.plans;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Holds each key to its plan. A throttled request does not count against the quota. */
public final class UsageMeter {

  private final UsageCounter counter;
  private final InstantSource clock;
  private final Map<UUID, Metered> buckets = new ConcurrentHashMap<>();

  /** A plan's bucket: another plan means another bucket. */
  private record Metered(UsagePlan plan, TokenBucket bucket) {}

  /** A meter of rates, with a counter for quotas. */
  public UsageMeter(UsageCounter counter, InstantSource clock) {
    this.counter = counter;
    this.clock = clock;
  }

  /** Counts a request of a key. */
  public Verdict admit(UUID key, UsagePlan plan) {
    Instant now = clock.instant();
    if (!bucket(key, plan, now).take(now)) {
      return Verdict.THROTTLED;
    }
    UsagePlan.Quota quota = plan.quota();
    return quota == null || counter.spend(key, quota, LocalDate.ofInstant(now, ZoneOffset.UTC))
        ? Verdict.ADMITTED
        : Verdict.QUOTA_SPENT;
  }

  private TokenBucket bucket(UUID key, UsagePlan plan, Instant now) {
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
