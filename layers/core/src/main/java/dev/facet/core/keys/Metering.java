package dev.facet.core.keys;

import dev.facet.core.plans.Verdict;

/**
 * Holds API keys to their usage plans where no gateway does: {@code /node} takes keys in the body,
 * which API Gateway can't see.
 */
@FunctionalInterface
public interface Metering {

  /** No limits. */
  Metering NONE = admission -> Verdict.ADMITTED;

  /**
   * Counts one request under a key.
   *
   * @throws dev.facet.core.faults.TransientFault when its plan can't be read now
   */
  Verdict admit(Admission admission);
}
