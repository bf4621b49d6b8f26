package dev.facet.core.jobs;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.jobs.DeadLetters.Letter;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Expired;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists, replays and purges dead-letter messages, and marks their jobs as dead. */
public final class DeadLetterService {

  private final DeadLetters letters;
  private final JobQueue queue;
  private final JobStore store;
  private final InstantSource clock;

  /** Creates an administration of the dead letters of {@code queue}. */
  public DeadLetterService(
      DeadLetters letters, JobQueue queue, JobStore store, InstantSource clock) {
    this.letters = letters;
    this.queue = queue;
    this.store = store;
    this.clock = clock;
  }

  /**
   * A dead-letter message and its job.
   *
   * @param id null if the message is unreadable
   * @param state the recorded state of the job; null without a record
   */
  public record DeadJob(Letter letter, @Nullable JobId id, JobState.@Nullable Outcome state) {}

  /** Returns all dead letters, oldest first. */
  public synchronized List<DeadJob> list() {
    return letters.list().stream()
        .sorted((a, b) -> a.sent().compareTo(b.sent()))
        .map(this::job)
        .toList();
  }

  /**
   * Marks as dead each job without a recorded state. A worker could not record it if the last
   * attempt never reached its end.
   *
   * @return the number of jobs marked
   */
  public synchronized int mark() {
    int marked = 0;
    for (DeadJob job : list()) {
      if (job.id() != null && job.state() == null) {
        store.settle(job.id(), new Dead());
        marked++;
      }
    }
    return marked;
  }

  /**
   * Returns a dead job to the workers. The order of the steps makes a replay repeatable and free of
   * loss, wherever it stops: the job counts as queued before its message is sent, and the dead
   * letter is removed last. A job older than {@link EnrolmentQueue#MAX_AGE} is settled as expired
   * instead.
   *
   * @throws InvalidRequest if the message is unreadable
   */
  public synchronized void replay(DeadJob job) {
    if (job.id() == null) {
      throw new InvalidRequest("An unreadable message cannot be replayed; purge it instead.");
    }
    if (job.id().isTooOld(clock.instant())) {
      store.settle(job.id(), new Expired());
    } else {
      store.revive(job.id());
      queue.send(job.letter().message());
    }
    letters.remove(job.letter());
  }

  /**
   * Deletes the message of a dead job, and with it the content of the enrolment. The job stays
   * recorded as dead.
   */
  public synchronized void purge(DeadJob job) {
    letters.remove(job.letter());
  }

  private DeadJob job(Letter letter) {
    return id(letter)
        .map(id -> new DeadJob(letter, id, store.find(id).orElse(null)))
        .orElseGet(() -> new DeadJob(letter, null, null));
  }

  private static Optional<JobId> id(Letter letter) {
    try {
      return Optional.of(JobCodec.id(letter.message()));
    } catch (InternalFault unreadable) {
      return Optional.empty();
    }
  }
}
