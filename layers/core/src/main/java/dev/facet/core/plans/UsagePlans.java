package dev.facet.core.plans;

import java.util.List;
import java.util.Optional;

/**
 * The gateway's usage plans.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} when the gateway can't answer
 * now.
 */
public interface UsagePlans {

  /** All plans. */
  List<UsagePlan> list();

  /** A plan, if there is one of this id. */
  Optional<UsagePlan> find(String id);

  /** Makes a plan, under an id of the gateway's choice. */
  UsagePlan create(NewPlan wanted);

  /**
   * Removes a plan on which there are no keys.
   *
   * @throws dev.facet.core.faults.InvalidRequest if there is none of this id
   */
  void delete(String id);
}
