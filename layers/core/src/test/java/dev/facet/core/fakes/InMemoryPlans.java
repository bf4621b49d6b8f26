package dev.facet.core.fakes;

import dev.facet.core.plans.PlanRecord;
import dev.facet.core.plans.PlanRegistry;

/** A {@link PlanRegistry} in memory. */
public final class InMemoryPlans extends InMemoryRevisions<String, PlanRecord>
    implements PlanRegistry {

  /** Creates an empty store. */
  public InMemoryPlans() {
    super(record -> record.plan().id());
  }
}
