package dev.facet.core.jobs;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Refused;
import dev.facet.core.retry.Backoff;
import dev.facet.core.retry.Retries.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * An enrolment queue that sends enrolments to a {@link JobQueue} and waits for the outcome that an
 * {@link EnrolmentWorker} records.
 *
 * <p>The job keeps the operation id of the command. The first attempt, which may have an unknown
 * result, and all later attempts are therefore one idempotent write.
 */
public final class QueuedEnrolments implements EnrolmentQueue {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500));

  private final JobIds ids;
  private final JobCodec sealed;
  private final JobQueue queue;
  private final JobStore store;
  private final InstantSource clock;
  private final Pause pause;

  /** Creates an enrolment queue; {@code pause} waits between two reads of a job's record. */
  public QueuedEnrolments(
      JobIds ids,
      JobCodec sealed,
      JobQueue queue,
      JobStore store,
      InstantSource clock,
      Pause pause) {
    this.ids = ids;
    this.sealed = sealed;
    this.queue = queue;
    this.store = store;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Optional<Outcome> accept(
      EnrolFeatures command, Form form, Instant until, TransientFault obstacle) {
    JobId id;
    try {
      id = ids.create(command.call().application().id(), command.version(), form);
      queue.send(sealed.seal(id, command));
    } catch (TransientFault refused) {
      obstacle.addSuppressed(refused);
      return Optional.empty();
    }
    return Optional.of(awaited(id, until));
  }

  /**
   * Polls the record of an accepted job until its outcome or the deadline. The job is accepted, so
   * an unavailable store must not fail the request.
   */
  private Outcome awaited(JobId id, Instant until) {
    try {
      for (int read = 1; clock.instant().plus(BACKOFF.after(read)).isBefore(until); read++) {
        pause.of(BACKOFF.after(read));
        Optional<JobState.Outcome> outcome = find(id);
        if (outcome.isPresent()) {
          return result(id, outcome.get());
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return new Waiting(id.text());
  }

  private Optional<JobState.Outcome> find(JobId id) {
    try {
      return store.find(id);
    } catch (TransientFault notNow) {
      return Optional.empty();
    }
  }

  private static Outcome result(JobId id, JobState.Outcome outcome) {
    return switch (outcome) {
      case JobState.Done(var answer) -> new Done(answer);
      case Refused(var fault) -> throw fault;
      case Dead _, Expired _ -> new Waiting(id.text());
    };
  }
}
