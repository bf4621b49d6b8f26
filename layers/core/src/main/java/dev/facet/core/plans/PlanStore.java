package dev.facet.core.plans;

import java.util.Optional;

/** Copies of the gateway's usage plans, for metering outside the gateway. */
@FunctionalInterface
public interface PlanStore {

  /**
   * Finds a plan by its id.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot answer now
   */
  Optional<UsagePlan> find(String id);
}
