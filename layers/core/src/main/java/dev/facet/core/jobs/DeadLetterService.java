package dev.facet.core.jobs;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.jobs.DeadLetters.Letter;
import dev.facet.core.jobs.DeadLetters.Verdict;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists, replays and purges dead-letter messages, and tends them: replays each automatically with
 * growing pauses, and then marks its job as dead.
 */
public final class DeadLetterService {

  /**
   * The maximum number of automatic replays in one run, which is about what the workers can attempt
   * within a minute while every attempt takes its full time.
   */
  public static final int MAX_REPLAYS_PER_RUN = 100;

  /** Longer than a visit of as many letters as a queue ever held. */
  private static final Duration COMMAND_TIME = Duration.ofHours(1);

  private final DeadLetters letters;
  private final JobQueue queue;
  private final JobStore store;
  private final OperationRecords operations;
  private final InstantSource clock;

  /** Creates an administration of the dead letters of {@code queue}. */
  public DeadLetterService(
      DeadLetters letters,
      JobQueue queue,
      JobStore store,
      OperationRecords operations,
      InstantSource clock) {
    this.letters = letters;
    this.queue = queue;
    this.store = store;
    this.operations = operations;
    this.clock = clock;
  }

  /**
   * A dead-letter message and its job.
   *
   * @param id null if the message is unreadable
   * @param sent when it was last sent to the workers
   * @param bytes the length of the message
   * @param state the recorded state of the job; null without a record
   * @param replay when the job is replayed automatically; null if it is not
   */
  public record DeadJob(
      @Nullable JobId id,
      Instant sent,
      int bytes,
      JobState.@Nullable Outcome state,
      @Nullable Instant replay) {}

  /** Returns all dead letters, oldest first. */
  public synchronized List<DeadJob> list() {
    List<DeadJob> jobs = new ArrayList<>();
    letters.visit(
        commandEnd(),
        letter -> {
          jobs.add(job(letter));
          return Verdict.KEEP;
        });
    jobs.sort(Comparator.comparing(DeadJob::sent));
    return jobs;
  }

  /**
   * Returns dead jobs to the workers: the one with an id, or all if it is null. An unreadable
   * message stays.
   *
   * <p>The order of the steps makes a replay repeatable and free of loss, wherever it stops: the
   * job counts as queued before its message is sent, and the dead letter is removed last. A job
   * older than {@link EnrolmentQueue#MAX_AGE} is settled as expired instead.
   *
   * @return the number of dead letters that were removed
   */
  public synchronized int replay(@Nullable String job) {
    return each(
        job,
        (id, letter) ->
            id.map(
                    it -> {
                      replay(it, letter);
                      return Verdict.REMOVE;
                    })
                .orElse(Verdict.KEEP));
  }

  private void replay(JobId id, Letter letter) {
    if (id.isTooOld(clock.instant())) {
      store.settle(id, new Expired());
    } else {
      store.revive(id);
      queue.send(letter.message());
    }
  }

  /**
   * Deletes the messages of dead jobs, and with them the content of the enrolments: the one with an
   * id, or all if it is null. A job without a final outcome is settled as expired before, so that
   * no other copy of its message enrols the person.
   *
   * @return the number of dead letters that were removed
   */
  public synchronized int purge(@Nullable String job) {
    return each(
        job,
        (id, letter) -> {
          id.ifPresent(it -> store.settle(it, new Expired()));
          return Verdict.REMOVE;
        });
  }

  private int each(@Nullable String job, BiFunction<Optional<JobId>, Letter, Verdict> action) {
    Predicate<Optional<JobId>> chosen =
        id -> job == null || id.filter(it -> it.text().equals(job)).isPresent();
    int[] removed = {0};
    letters.visit(
        commandEnd(),
        letter -> {
          Optional<JobId> id = id(letter);
          Verdict verdict = chosen.test(id) ? action.apply(id, letter) : Verdict.KEEP;
          removed[0] += verdict == Verdict.REMOVE ? 1 : 0;
          return verdict;
        });
    return removed[0];
  }

  /**
   * The result of a run.
   *
   * @param replayed the number of jobs that were returned to the workers
   * @param settled the number of jobs that were marked as dead or expired, or found to be done
   */
  public record Tended(int replayed, int settled) {}

  /**
   * Tends the dead letters: replays those that are due, up to {@value #MAX_REPLAYS_PER_RUN}, marks
   * as dead the jobs whose automatic replays are over, and removes those of jobs that have ended
   * otherwise. Letters that a run does not reach are left for the next one.
   *
   * @param until the time at which the run ends early
   */
  public synchronized Tended tend(Instant until) {
    int[] counts = {0, 0};
    letters.visit(
        until,
        letter -> {
          Fate fate = id(letter).map(id -> fate(id, letter, counts[0])).orElse(Fate.WAITS);
          counts[0] += fate == Fate.REPLAYED ? 1 : 0;
          counts[1] += fate == Fate.ENDED || fate == Fate.DIED ? 1 : 0;
          return fate == Fate.REPLAYED || fate == Fate.ENDED ? Verdict.REMOVE : Verdict.KEEP;
        });
    return new Tended(counts[0], counts[1]);
  }

  private enum Fate {
    WAITS,
    REPLAYED,
    DIED,
    ENDED
  }

  private Fate fate(JobId id, Letter letter, int replayed) {
    Instant now = clock.instant();
    if (id.isTooOld(now)) {
      store.settle(id, new Expired());
      return Fate.ENDED;
    }
    Optional<Instant> next = ReplaySchedule.next(id.time(), letter.sent());
    if (next.filter(now::isBefore).isPresent()) {
      return Fate.WAITS;
    }
    Optional<Outcome> outcome = store.find(id);
    if (outcome.filter(Outcome::isFinal).isPresent()) {
      return Fate.ENDED;
    }
    if (next.isPresent() || isEnrolled(id, letter)) {
      return replayed < MAX_REPLAYS_PER_RUN ? replayed(id, letter) : Fate.WAITS;
    }
    if (outcome.isPresent()) {
      return Fate.WAITS;
    }
    store.settle(id, new Dead());
    return Fate.DIED;
  }

  private Fate replayed(JobId id, Letter letter) {
    replay(id, letter);
    return Fate.REPLAYED;
  }

  /**
   * Returns whether the person was enrolled although no attempt could record it. Such a job is not
   * dead; one more delivery records its answer.
   */
  private boolean isEnrolled(JobId id, Letter letter) {
    return JobCodec.operation(letter.message())
        .filter(operation -> operations.exist(id.application(), operation))
        .isPresent();
  }

  private DeadJob job(Letter letter) {
    int bytes = letter.message().length();
    return id(letter)
        .map(
            id ->
                new DeadJob(
                    id,
                    letter.sent(),
                    bytes,
                    store.find(id).orElse(null),
                    ReplaySchedule.next(id.time(), letter.sent()).orElse(null)))
        .orElseGet(() -> new DeadJob(null, letter.sent(), bytes, null, null));
  }

  private Instant commandEnd() {
    return clock.instant().plus(COMMAND_TIME);
  }

  private static Optional<JobId> id(Letter letter) {
    try {
      return Optional.of(JobCodec.id(letter.message()));
    } catch (InternalFault unreadable) {
      return Optional.empty();
    }
  }
}
