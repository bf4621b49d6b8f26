package dev.facet.core.jobs;

import dev.facet.core.faces.Call;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Outcome;
import dev.facet.core.jobs.JobState.Refused;
import java.time.Instant;

/**
 * Does what is queued. It may be stopped anywhere, and given a message as often as may be and in
 * any order: the enrolment is one operation, which is done once; then its outcome is recorded; only
 * then the message may go.
 */
public final class EnrolmentWorker {

  /** The receive after which a message goes to the dead letters. */
  public static final int MOST_RECEIVES = 3;

  private final FaceService faces;
  private final SealedJobs sealed;
  private final JobStore store;

  /** A worker that enrols with {@code faces}. */
  public EnrolmentWorker(FaceService faces, SealedJobs sealed, JobStore store) {
    this.faces = faces;
    this.sealed = sealed;
    this.store = store;
  }

  /** How an attempt ended. */
  public sealed interface Attempt {
    /** What became of the job is recorded; its message may go. */
    record Settled() implements Attempt {}

    /** The message has to be delivered again. */
    record Again(RuntimeException failure) implements Attempt {}
  }

  /**
   * Attempts what a message asks for. Nothing is thrown, so that one message of a batch does not
   * spoil the others.
   *
   * @param receive how often the message has been delivered, 1 the first time
   * @param deadline when the attempt has to end
   */
  public Attempt attempt(String message, int receive, Instant deadline) {
    try {
      JobId id = SealedJobs.id(message);
      return attempt(id, message, receive, deadline);
    } catch (RuntimeException unreadable) {
      return new Attempt.Again(unreadable);
    }
  }

  private Attempt attempt(JobId id, String message, int receive, Instant deadline) {
    try {
      if (store.find(id).filter(Outcome::isFinal).isEmpty()) {
        store.settle(id, outcome(sealed.open(message), deadline));
      }
      return new Attempt.Settled();
    } catch (RuntimeException failure) {
      if (receive >= MOST_RECEIVES) {
        bury(id);
      }
      return new Attempt.Again(failure);
    }
  }

  private Outcome outcome(EnrolFeatures queued, Instant deadline) {
    try {
      return new JobState.Done(faces.answer(until(deadline, queued)));
    } catch (CallerFault fault) {
      return new Refused(fault);
    }
  }

  private static EnrolFeatures until(Instant deadline, EnrolFeatures queued) {
    Call call = queued.call();
    return new EnrolFeatures(
        new Call(
            call.application(),
            call.operation(),
            call.requestDigest(),
            deadline,
            call.correlationId()),
        queued.version(),
        queued.templates(),
        queued.identifier());
  }

  /** Where this fails, whoever tends the dead letters records it. */
  private void bury(JobId id) {
    try {
      store.settle(id, new Dead());
    } catch (TransientFault notNow) {
      // the message is about to become a dead letter
    }
  }
}
