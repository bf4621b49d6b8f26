package dev.facet.core.keys;

import dev.facet.core.plans.UsageVerdict;

/**
 * Rate and quota limits for API keys that no gateway meters: requests to {@code /node} carry the
 * key in the body, which API Gateway cannot see.
 */
@FunctionalInterface
public interface RateLimiter {

  /** Metering that admits every request. */
  RateLimiter NONE = admission -> Verdict.ADMITTED;

  /** The decision on a request. */
  enum Verdict {
    /** The request may pass. */
    ADMITTED,
    /** The request exceeds the rate and the burst. */
    THROTTLED,
    /** The quota of the period is used up. */
    QUOTA_SPENT
  }

  /**
   * Counts one request under a key.
   *
   * @throws dev.facet.core.faults.TransientFault if the plan cannot be read now
   */
  Verdict admit(KeyGrant admission);
}
