package dev.facet.aws;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.revision.AccessRecords;
import dev.facet.core.revision.RevisionedStore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of stores with revisions, on LocalStack's DynamoDB. */
class RevisionedItemsOnLocalStackTest {

  @RegisterExtension static final LocalStackTables TABLES = new LocalStackTables();

  @Nested
  class Keys extends AccessRecords.Keys {
    private final RevisionedStore<KeyId, KeyRecord> store =
        new DynamoKeyStore(TABLES.client(), TABLES.names());

    @Override
    protected RevisionedStore<KeyId, KeyRecord> store() {
      return store;
    }
  }

  @Nested
  class Applications extends AccessRecords.Applications {
    private final RevisionedStore<ApplicationId, Application> store =
        new DynamoApplicationStore(TABLES.client(), TABLES.names());

    @Override
    protected RevisionedStore<ApplicationId, Application> store() {
      return store;
    }
  }

  @Nested
  class Plans extends AccessRecords.Plans {
    private final RevisionedStore<String, PlanRecord> store =
        new DynamoPlanStore(TABLES.client(), TABLES.names());

    @Override
    protected RevisionedStore<String, PlanRecord> store() {
      return store;
    }
  }
}
