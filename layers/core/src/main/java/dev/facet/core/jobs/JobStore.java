package dev.facet.core.jobs;

import dev.facet.core.jobs.JobState.Outcome;
import java.util.Optional;

/**
 * Where it is recorded what became of jobs. Reads are strongly consistent. Every method throws
 * {@link dev.facet.core.faults.TransientFault} when the store can't answer now.
 */
public interface JobStore {

  /** What is recorded of a job; empty while nothing is, or when it has expired. */
  Optional<Outcome> find(JobId id);

  /**
   * Records what became of a job, for {@link Jobs#LIFE} from now; what is {@linkplain
   * Outcome#isFinal final} stays as it is.
   */
  void settle(JobId id, Outcome outcome);

  /** Forgets that a job is dead, so that it counts as queued again. */
  void revive(JobId id);
}
