package dev.facet.core.revision;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.plans.UsagePlan;
import java.time.Instant;
import java.util.UUID;

/** The {@link RevisionedStoreContract} with each kind of record that decides on access. */
public final class AccessRecords {

  private static final Instant NOW = Instant.ofEpochMilli(1_900_000_000_123L);

  private AccessRecords() {}

  /** The contract of a store of API keys. */
  public abstract static class Keys extends RevisionedStoreContract<KeyId, KeyRecord> {

    @Override
    protected KeyRecord create() {
      UUID id = UUID.randomUUID();
      return KeyRecord.of(
          id,
          new ApiKey(id.toString()),
          new ApplicationId(id),
          NewKey.PLAIN,
          KeyStatus.ACTIVE,
          NOW);
    }

    @Override
    protected KeyRecord change(KeyRecord record) {
      return record.with(KeyStatus.DISABLED, NOW.plusSeconds(1));
    }

    @Override
    protected KeyId key(KeyRecord record) {
      return record.keyId();
    }
  }

  /** The contract of a store of applications. */
  public abstract static class Applications
      extends RevisionedStoreContract<ApplicationId, Application> {

    @Override
    protected Application create() {
      return Application.withDefaults(new ApplicationId(UUID.randomUUID()));
    }

    @Override
    protected Application change(Application record) {
      return record.keepingImages(true);
    }

    @Override
    protected ApplicationId key(Application record) {
      return record.id();
    }
  }

  /** The contract of a store of copies of usage plans. */
  public abstract static class Plans extends RevisionedStoreContract<String, PlanRecord> {

    @Override
    protected PlanRecord create() {
      return PlanRecord.open(new UsagePlan(UUID.randomUUID().toString(), 0.1, 2, null));
    }

    @Override
    protected PlanRecord change(PlanRecord record) {
      return record.in(PlanRecord.State.CLOSING);
    }

    @Override
    protected String key(PlanRecord record) {
      return record.plan().id();
    }
  }
}
