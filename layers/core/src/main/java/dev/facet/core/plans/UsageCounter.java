package dev.facet.core.plans;

import dev.facet.core.plans.UsagePlan.Quota;
import java.time.LocalDate;
import java.util.UUID;

/** Counts what keys use of their quotas. */
@FunctionalInterface
public interface UsageCounter {

  /**
   * Counts one request of a key, unless its quota for the period is used up.
   *
   * @param key the id of the key's record
   * @param today in UTC
   * @return whether the request may pass
   */
  boolean spend(UUID key, Quota quota, LocalDate today);
}
