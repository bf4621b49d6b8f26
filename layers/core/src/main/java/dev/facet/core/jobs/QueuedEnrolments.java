package dev.facet.core.jobs;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Refused;
import dev.facet.core.retry.Backoff;
import dev.facet.core.retry.Retries;
import dev.facet.core.retry.Retries.Pause;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An enrolment queue that sends enrolments to a {@link JobQueue} and waits for the outcome that an
 * {@link EnrolmentWorker} records.
 *
 * <p>The job keeps the operation id of the command. The first attempt, which may have an unknown
 * result, and all later attempts are therefore one idempotent write.
 */
public final class QueuedEnrolments implements EnrolmentQueue {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500));

  /** Time reserved for a read of the job's record. */
  private static final Duration POLL_TIME = Duration.ofSeconds(1);

  private final JobIds ids;
  private final JobCodec sealed;
  private final JobQueue queue;
  private final JobStore store;
  private final InstantSource clock;
  private final Pause pause;
  private final Retries retries;

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
    this.retries = new Retries(clock, pause, new SecureRandom());
  }

  @Override
  public Optional<Outcome> accept(
      EnrolFeatures command, Form form, Instant until, TransientFault obstacle) {
    Instant sendBy = until.minus(POLL_TIME);
    Sealed job;
    Delivery delivery;
    try {
      job = retries.until(sendBy, () -> within(sendBy, () -> seal(command, form)));
      delivery = send(job.message(), sendBy);
    } catch (TransientFault refused) {
      obstacle.addSuppressed(refused);
      return Optional.empty();
    }
    Instant waitUntil = obstacle.kind() == Kind.NO_CAPACITY ? Instant.MIN : until;
    return Optional.of(
        awaited(job.id(), waitUntil)
            .orElseGet(
                () ->
                    switch (delivery) {
                      case ACCEPTED -> new Waiting(job.id().text());
                      case UNKNOWN -> new Uncertain(job.id().text());
                    }));
  }

  private record Sealed(JobId id, String message) {}

  private Sealed seal(EnrolFeatures command, Form form) {
    JobId id = ids.create(command.call().application().id(), command.version(), form);
    return new Sealed(id, sealed.seal(id, command));
  }

  private enum Delivery {
    ACCEPTED,
    UNKNOWN
  }

  /**
   * Sends a message, again after a transient fault: to have it twice in the queue is harmless.
   *
   * @throws TransientFault if the queue refused the message every time
   */
  private Delivery send(String message, Instant until) {
    AtomicBoolean perhapsSent = new AtomicBoolean();
    try {
      return retries.until(
          until,
          () -> {
            try {
              return within(
                  until,
                  () -> {
                    queue.send(message);
                    return Delivery.ACCEPTED;
                  });
            } catch (TransientFault fault) {
              perhapsSent.compareAndSet(false, fault.kind() != Kind.THROTTLED);
              throw fault;
            }
          });
    } catch (Fault failure) {
      if (perhapsSent.get()) {
        return Delivery.UNKNOWN;
      }
      throw failure;
    }
  }

  /** Polls the record of a job until its outcome or a time. An unreadable record is no outcome. */
  private Optional<Outcome> awaited(JobId id, Instant until) {
    try {
      for (int read = 1; clock.instant().plus(BACKOFF.after(read)).isBefore(until); read++) {
        pause.of(BACKOFF.after(read));
        Optional<JobState.Outcome> outcome = find(id, until);
        if (outcome.isPresent()) {
          return result(outcome.get());
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private Optional<JobState.Outcome> find(JobId id, Instant until) {
    try {
      return within(until, () -> store.find(id));
    } catch (Fault notNow) {
      return Optional.empty();
    }
  }

  /**
   * Runs work, but waits for it only until a time.
   *
   * @throws TransientFault TIMEOUT at that time; the work may still be done
   */
  private <T> T within(Instant end, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name("queued enrolment").start(task);
    try {
      return task.get(Duration.between(clock.instant(), end).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TransientFault(Kind.TIMEOUT, "The queue did not answer in time.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFault(Kind.TIMEOUT, "The wait for the queue was interrupted.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Fault fault
          ? fault
          : new InternalFault("An enrolment could not be queued.", e.getCause());
    } finally {
      task.cancel(true);
    }
  }

  private static Optional<Outcome> result(JobState.Outcome outcome) {
    return switch (outcome) {
      case JobState.Done(var answer) -> Optional.of(new Done(answer));
      case Refused(var fault) -> throw fault;
      case Dead _, Expired _ -> Optional.empty();
    };
  }
}
