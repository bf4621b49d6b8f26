package dev.facet.core.jobs;

import dev.facet.core.jobs.JobState.Outcome;
import java.util.Optional;

/**
 * A store of job outcomes. Reads are strongly consistent. Every method throws {@link
 * dev.facet.core.faults.TransientFault} if the store cannot answer now.
 */
public interface JobStore {

  /** Returns the recorded outcome of a job; empty without a record or after its expiry. */
  Optional<Outcome> find(JobId id);

  /**
   * Records the outcome of a job for {@link Jobs#LIFE} from now. A {@linkplain Outcome#isFinal
   * final} outcome is not replaced.
   */
  void settle(JobId id, Outcome outcome);

  /** Deletes the record of a dead job, so that the job counts as queued again. */
  void revive(JobId id);
}
