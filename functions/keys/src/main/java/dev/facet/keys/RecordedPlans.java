package dev.facet.keys;

import dev.facet.core.plans.NewPlan;
import dev.facet.core.plans.PlanStore;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlans;
import java.util.List;
import java.util.Optional;

/**
 * {@link UsagePlans} of the gateway that copies each plan it sees to a {@link PlanStore}, for the
 * handlers that meter keys themselves. A change made at the gateway is copied at the next listing
 * of plans, or at the next creation of a key on the plan.
 */
final class RecordedPlans implements UsagePlans {

  private final UsagePlans gateway;
  private final PlanStore store;

  RecordedPlans(UsagePlans gateway, PlanStore store) {
    this.gateway = gateway;
    this.store = store;
  }

  @Override
  public List<UsagePlan> list() {
    List<UsagePlan> plans = gateway.list();
    plans.forEach(store::put);
    return plans;
  }

  @Override
  public Optional<UsagePlan> find(String id) {
    Optional<UsagePlan> plan = gateway.find(id);
    plan.ifPresent(store::put);
    return plan;
  }

  @Override
  public UsagePlan create(NewPlan wanted) {
    UsagePlan plan = gateway.create(wanted);
    store.put(plan);
    return plan;
  }

  @Override
  public void delete(String id) {
    gateway.delete(id);
    store.delete(id);
  }
}
