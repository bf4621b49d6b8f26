package dev.facet.core.jobs;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.InvalidRequest;
import dev.facet.core.jobs.DeadLetters.Letter;
import dev.facet.core.jobs.JobState.Dead;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tends the dead letters: records whose they are, gives them again, or does away with them. */
public final class DeadJobs {

  private final DeadLetters letters;
  private final JobQueue queue;
  private final JobStore store;

  /** The dead letters of a queue. */
  public DeadJobs(DeadLetters letters, JobQueue queue, JobStore store) {
    this.letters = letters;
    this.queue = queue;
    this.store = store;
  }

  /**
   * A dead letter.
   *
   * @param id null if the message is unreadable
   * @param state what is recorded of the job; null if nothing is
   */
  public record DeadJob(Letter letter, @Nullable JobId id, JobState.@Nullable Outcome state) {}

  /** All dead letters, oldest first. */
  public synchronized List<DeadJob> list() {
    return letters.list().stream()
        .sorted((a, b) -> a.sent().compareTo(b.sent()))
        .map(this::job)
        .toList();
  }

  /**
   * Records as dead what no worker could: where it never got as far as its last attempt's end.
   *
   * @return how many
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
   * Gives a dead job to the workers again. It counts as queued before its message is, and the
   * letter goes last: stopped anywhere, this has lost nothing and can be done again.
   *
   * @throws InvalidRequest if the letter is unreadable
   */
  public synchronized void replay(DeadJob job) {
    if (job.id() == null) {
      throw new InvalidRequest("An unreadable message can't be given again.");
    }
    store.revive(job.id());
    queue.send(job.letter().message());
    letters.remove(job.letter());
  }

  /** Does away with a dead job for good: it stays recorded as dead, what it was about is gone. */
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
      return Optional.of(SealedJobs.id(letter.message()));
    } catch (InternalFault unreadable) {
      return Optional.empty();
    }
  }
}
