package dev.facet.aws;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.revision.AccessRecords;
import dev.facet.core.revision.RevisionedStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contract of stores with revisions, on DynamoDB Local. */
class RevisionedItemsIT {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  @Nested
  class Keys extends AccessRecords.Keys {
    private final RevisionedStore<KeyId, KeyRecord> store =
        new DynamoKeyStore(DYNAMO.client(), Tables.DEFAULT);

    @Override
    protected RevisionedStore<KeyId, KeyRecord> store() {
      return store;
    }
  }

  @Nested
  class Applications extends AccessRecords.Applications {
    private final RevisionedStore<ApplicationId, Application> store =
        new DynamoApplicationStore(DYNAMO.client(), Tables.DEFAULT);

    @Override
    protected RevisionedStore<ApplicationId, Application> store() {
      return store;
    }
  }

  @Nested
  class Plans extends AccessRecords.Plans {
    private final RevisionedStore<String, PlanRecord> store =
        new DynamoPlanStore(DYNAMO.client(), Tables.DEFAULT);

    @Override
    protected RevisionedStore<String, PlanRecord> store() {
      return store;
    }
  }
}
