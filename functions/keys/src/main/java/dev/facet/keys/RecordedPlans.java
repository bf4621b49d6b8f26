package dev.facet.keys;

import dev.facet.core.plans.NewPlan;
import dev.facet.core.plans.PlanStore;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlans;
import java.util.List;
import java.util.Optional;

/**
 * The gateway's plans, each written down wherever it is seen, for the handlers that meter keys
 * themselves. A plan that was changed at the gateway is written down anew when plans are listed, or
 * a key is made on it.
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
