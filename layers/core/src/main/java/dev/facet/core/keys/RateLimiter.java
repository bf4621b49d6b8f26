package dev.facet.core.keys;

import dev.facet.core.plans.UsageVerdict;

/**
 * Rate and quota limits for API keys that no gateway meters: requests to {@code /node} carry the
 * key in the body, which API Gateway cannot see.
 */
@FunctionalInterface
public interface RateLimiter {

  /** Metering that admits every request. */
  RateLimiter NONE = admission -> UsageVerdict.ADMITTED;

  /**
   * Counts one request under a key.
   *
   * @throws dev.facet.core.faults.TransientFault if the plan cannot be read now
   */
  UsageVerdict admit(KeyGrant admission);
}
