package dev.facet.core.fakes;

import dev.facet.core.plans.PlanStore;
import dev.facet.core.plans.UsagePlan;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link PlanStore} in memory. */
public final class InMemoryPlans implements PlanStore {

  private final Map<String, UsagePlan> plans = new ConcurrentHashMap<>();

  @Override
  public Optional<UsagePlan> find(String id) {
    return Optional.ofNullable(plans.get(id));
  }

  @Override
  public void put(UsagePlan plan) {
    plans.put(plan.id(), plan);
  }

  @Override
  public void delete(String id) {
    plans.remove(id);
  }
}
