package dev.facet.local.keys;

import dev.facet.core.keys.UsagePlan;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Holds each key to its plan. A throttled request does not count against the quota. */
public final class UsageMeter {

  private final UsageLedger ledger;
  private final InstantSource clock;
  private final Map<UUID, Metered> buckets = new ConcurrentHashMap<>();

  /** Whether a request may pass. */
  public enum Verdict {
    /** It may. */
    ADMITTED,
    /** Too many came at once. */
    THROTTLED,
    /** The period's quota is used up. */
    QUOTA_SPENT
  }

  /** A plan's bucket: another plan means another bucket. */
  private record Metered(UsagePlan plan, TokenBucket bucket) {}

  /** A meter that counts quotas in a ledger. */
  public UsageMeter(UsageLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Counts a request of a key. */
  public Verdict admit(UUID key, UsagePlan plan) {
    Instant now = clock.instant();
    if (!bucket(key, plan, now).take(now)) {
      return Verdict.THROTTLED;
    }
    UsagePlan.Quota quota = plan.quota();
    return quota == null || ledger.spend(key, quota, LocalDate.ofInstant(now, ZoneOffset.UTC))
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
