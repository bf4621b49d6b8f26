package dev.facet.core.plans;

import java.util.List;
import java.util.Optional;

/**
 * The gateway's usage plans.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} if the gateway cannot answer
 * now.
 */
public interface UsagePlans {

  /** Returns all plans. */
  List<UsagePlan> list();

  /** Finds a plan by its id. */
  Optional<UsagePlan> find(String id);

  /** Finds a plan that keys may join; empty for an unknown plan and while it is being deleted. */
  Optional<UsagePlan> findOpen(String id);

  /** Creates a plan; the gateway chooses its id. */
  UsagePlan create(NewPlan wanted);

  /**
   * Deletes a plan without keys. A key that joins meanwhile either is seen by the check or is
   * refused by {@link #findOpen}.
   *
   * @param check runs while no key may join the plan; throws a fault if the plan must stay
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if no plan has this id
   */
  void delete(String id, Runnable check);
}
