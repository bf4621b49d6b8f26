package dev.facet.core.plans;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets of keys that all processes share, one for each key. A new bucket is full.
 *
 * <p>Safe for concurrent use.
 */
@FunctionalInterface
public interface SharedBuckets {

  /**
   * The result of taking tokens.
   *
   * @param tokens the tokens that were taken: as many as were wanted, or 0
   * @param fullAt when the bucket will be full again if nobody takes more
   */
  record Grant(int tokens, Instant fullAt) {

    /** Returns the tokens that were left in the bucket. */
    double left(UsagePlan plan, Instant now) {
      double owed = Math.max(0, Duration.between(now, fullAt).toNanos() / 1e9);
      return Math.max(0, plan.burst() - owed * plan.rate());
    }
  }

  /**
   * Takes tokens from the bucket of a key.
   *
   * @param plan the bucket's rate and size; the rate is finite
   * @param tokens 1..burst
   * @param last the previous result for this key, which saves a call; null if there is none
   * @throws dev.facet.core.faults.TransientFault if the buckets cannot be reached now
   */
  Grant take(UUID key, UsagePlan plan, int tokens, Instant now, @Nullable Grant last);
}
