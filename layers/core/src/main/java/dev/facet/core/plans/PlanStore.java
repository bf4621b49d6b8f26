package dev.facet.core.plans;

import java.util.Optional;

/**
 * A store of copies of the gateway's usage plans, for metering outside the gateway. Every method
 * throws {@link dev.facet.core.faults.TransientFault} if the store cannot answer now.
 */
public interface PlanStore {

  /** Finds a plan by its id. */
  Optional<UsagePlan> find(String id);

  /** Writes a plan, replacing any plan under the same id. */
  void put(UsagePlan plan);

  /** Deletes a plan; does nothing if it is absent. */
  void delete(String id);
}
