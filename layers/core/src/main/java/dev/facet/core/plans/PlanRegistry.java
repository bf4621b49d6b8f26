package dev.facet.core.plans;

import dev.facet.core.revision.RevisionedStore;
import java.util.Optional;

/** The copies of the gateway's usage plans as administration uses them. */
public interface PlanRegistry extends PlanStore, RevisionedStore<String, PlanRecord> {

  @Override
  default Optional<UsagePlan> find(String id) {
    return read(id).map(found -> found.value().plan());
  }
}
