package dev.facet.core.plans;

import java.util.Optional;

/**
 * Where the gateway's usage plans are written down, for those who hold keys to them in its place.
 * Every method throws {@link dev.facet.core.faults.TransientFault} when the store can't answer now.
 */
public interface PlanStore {

  /** A plan, if one of this id is written down. */
  Optional<UsagePlan> find(String id);

  /** Writes a plan down, in place of what was there under its id. */
  void put(UsagePlan plan);

  /** Forgets a plan; harmless when there is none. */
  void delete(String id);
}
