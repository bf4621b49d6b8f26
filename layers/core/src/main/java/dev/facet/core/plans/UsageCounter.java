package dev.facet.core.plans;

import dev.facet.core.plans.UsagePlan.Quota;
import java.time.LocalDate;
import java.util.UUID;

/** A counter of requests against the quotas of keys. */
@FunctionalInterface
public interface UsageCounter {

  /**
   * Counts one request of a key, unless its quota for the period is used up.
   *
   * @param key the id of the key's record
   * @param today the date in UTC
   * @return whether the request may pass
   */
  boolean spend(UUID key, Quota quota, LocalDate today);
}
