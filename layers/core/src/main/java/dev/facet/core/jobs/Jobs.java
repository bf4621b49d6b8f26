package dev.facet.core.jobs;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EnrolmentQueue.Form;
import java.time.Duration;
import java.util.Optional;

/** What callers may ask about jobs. */
@FunctionalInterface
public interface Jobs {

  /** How long a job is known: longer than its message can be in a queue. */
  Duration LIFE = Duration.ofDays(15);

  /** A deployment without a queue: there are no jobs. */
  Jobs NONE = (id, application, version) -> Optional.empty();

  /**
   * What is known of a job.
   *
   * @param id what the caller sent
   * @return empty if there never was such a job of this application and version
   * @throws dev.facet.core.faults.TransientFault when that can't be told now
   */
  Optional<Known> find(String id, ApplicationId application, ModelVersion version);

  /** A job, as far as it is known. */
  record Known(Form form, JobState state) {}
}
