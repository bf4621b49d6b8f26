package dev.facet.core.jobs;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@link Jobs} by their ids and records. A job without a record is queued until it exceeds its
 * lifetime.
 */
public final class JobStatuses implements Jobs {

  private final JobIds ids;
  private final JobStore store;
  private final InstantSource clock;

  /** Creates queries over these ids and records. */
  public JobStatuses(JobIds ids, JobStore store, InstantSource clock) {
    this.ids = ids;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Optional<Known> find(String id, ApplicationId application, ModelVersion version) {
    return ids.parse(id, application, version).map(job -> new Known(job.form(), state(job)));
  }

  private JobState state(JobId job) {
    return store
        .find(job)
        .<JobState>map(outcome -> outcome)
        .orElseGet(() -> isOld(job) ? new JobState.Expired() : new JobState.Queued());
  }

  private boolean isOld(JobId job) {
    return !clock.instant().isBefore(job.time().plus(LIFE));
  }
}
