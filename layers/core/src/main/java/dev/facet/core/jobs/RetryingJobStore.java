package dev.facet.core.jobs;

import dev.facet.core.jobs.JobState.Outcome;
import dev.facet.core.retry.Retries;
import java.util.Optional;

/** A {@link JobStore} that retries transient faults of another for five seconds. */
public final class RetryingJobStore implements JobStore {

  private final JobStore store;
  private final Retries retries;

  /** Creates a store that calls {@code store}. */
  public RetryingJobStore(JobStore store, Retries retries) {
    this.store = store;
    this.retries = retries;
  }

  @Override
  public Optional<Outcome> find(JobId id) {
    return retries.shortly(() -> store.find(id));
  }

  @Override
  public void settle(JobId id, Outcome outcome) {
    retries.shortly(
        () -> {
          store.settle(id, outcome);
          return id;
        });
  }

  @Override
  public void revive(JobId id) {
    retries.shortly(
        () -> {
          store.revive(id);
          return id;
        });
  }
}
