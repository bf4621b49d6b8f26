package dev.facet.core.plans;

import dev.facet.core.plans.SharedBuckets.Grant;
import dev.facet.core.retry.OutagePause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that one process has taken for a key from the shared bucket.
 *
 * <p>Tokens are taken before they are used and expire after the time in which a fifth of the burst
 * flows in, at most a second. So all processes together admit at most the requests that the bucket
 * admits in a period that is longer by this time: rate × time + burst + 20 %. A process takes as
 * many tokens at once as it used in the last such time, and fewer when the bucket is nearly empty:
 * a busy process far below the rate calls the bucket rarely, an idle one for each request.
 *
 * <p>Not safe for concurrent use; callers synchronize on it.
 */
final class RateLease {

  private static final double SLACK = 0.2;
  private static final Duration MAX_LIFE = Duration.ofSeconds(1);

  /** A process takes at most this part of the tokens in the bucket at once. */
  private static final int MAX_PART = 16;

  /** A refused process waits at least this time, so that refusals do not load the store. */
  private static final Duration MIN_WAIT = Duration.ofMillis(50);

  private final UUID key;
  private final UsagePlan plan;
  private final SharedBuckets buckets;
  private final OutagePause outage;
  private final Duration fill;
  private @Nullable Grant last;
  private int taken;
  private int left;
  private Instant expires = Instant.MIN;
  private Instant refusedUntil = Instant.MIN;

  RateLease(UUID key, UsagePlan plan, SharedBuckets buckets, OutagePause outage) {
    this.key = key;
    this.plan = plan;
    this.buckets = buckets;
    this.outage = outage;
    this.fill = seconds(plan.burst() / plan.rate());
  }

  /** Uses a token, and returns whether there was one; true while the bucket cannot be reached. */
  boolean take(Instant now) {
    if (left > 0 && now.isBefore(expires)) {
      left--;
      return true;
    }
    return !now.isBefore(refusedUntil) && outage.attempt(() -> taken(now)).orElse(true);
  }

  private boolean taken(Instant now) {
    int wanted = wanted(now);
    Grant grant = buckets.take(key, plan, wanted, now, last);
    if (grant.tokens() == 0 && wanted > 1) {
      grant = buckets.take(key, plan, 1, now, grant);
    }
    last = grant;
    taken = grant.tokens();
    left = Math.max(0, taken - 1);
    expires = now.plus(min(MAX_LIFE, scaled(fill, SLACK)));
    if (taken == 0) {
      refusedUntil = now.plus(min(MIN_WAIT, scaled(fill, 0.5)));
    }
    return taken > 0;
  }

  /** Returns the number of tokens to take: double the last if those were used up in time. */
  private int wanted(Instant now) {
    int used = taken - left;
    int recent = now.isBefore(expires) ? 2 * used : used;
    double inBucket = Optional.ofNullable(last).map(grant -> grant.left(plan, now)).orElse(0.0);
    return (int) Math.max(1, Math.min(recent, inBucket / MAX_PART));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration scaled(Duration time, double factor) {
    return Duration.ofNanos((long) (time.toNanos() * factor));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) Math.min(seconds * 1e9, 1e18));
  }
}
