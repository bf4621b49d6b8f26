package dev.facet.core.jobs;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.EnrolmentQueue.Form;
import java.time.Duration;
import java.util.Optional;

/** Queries of job states by callers. */
@FunctionalInterface
public interface Jobs {

  /** The lifetime of a job record, which exceeds the age at which a job is given up. */
  Duration LIFE = EnrolmentQueue.RECORD_LIFE;

  /** Jobs of a deployment without a queue: always empty. */
  Jobs NONE = (id, application, version) -> Optional.empty();

  /**
   * Finds the state of a job.
   *
   * @param id the text that the caller sent
   * @return empty if no such job of this application and version was ever issued
   * @throws dev.facet.core.faults.TransientFault if the state cannot be determined now
   */
  Optional<Known> find(String id, ApplicationId application, ModelVersion version);

  /** The form and the state of a job. */
  record Known(Form form, JobState state) {}
}
