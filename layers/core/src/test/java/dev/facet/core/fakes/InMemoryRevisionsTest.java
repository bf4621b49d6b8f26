package dev.facet.core.fakes;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.revision.AccessRecords;
import dev.facet.core.revision.RevisionedStore;
import org.junit.jupiter.api.Nested;

/** The contract of stores with revisions, in memory. */
class InMemoryRevisionsTest {

  @Nested
  class Keys extends AccessRecords.Keys {
    private final RevisionedStore<KeyId, KeyRecord> store = new InMemoryKeys();

    @Override
    protected RevisionedStore<KeyId, KeyRecord> store() {
      return store;
    }
  }

  @Nested
  class Applications extends AccessRecords.Applications {
    private final RevisionedStore<ApplicationId, Application> store = new InMemoryApplications();

    @Override
    protected RevisionedStore<ApplicationId, Application> store() {
      return store;
    }
  }

  @Nested
  class Plans extends AccessRecords.Plans {
    private final RevisionedStore<String, PlanRecord> store = new InMemoryPlans();

    @Override
    protected RevisionedStore<String, PlanRecord> store() {
      return store;
    }
  }
}
