package dev.facet.core.jobs;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Outcome;
import dev.facet.core.jobs.JobState.Refused;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A worker that processes queued enrolments. A crash at any point and repeated or unordered
 * deliveries are harmless: the enrolment is one idempotent operation, its outcome is recorded after
 * it, and only then is the message deleted. A job older than {@link EnrolmentQueue#MAX_AGE} is
 * settled as expired without an enrolment. A full gallery is no reason to refuse an accepted
 * enrolment, because room may come while its message lives.
 */
public final class EnrolmentWorker {

  /** The number of receives after which a message moves to the dead-letter queue. */
  public static final int MAX_RECEIVES = 3;

  private final FaceService faces;
  private final JobCodec sealed;
  private final JobStore store;
  private final InstantSource clock;

  /** Creates a worker that enrols with {@code faces}. */
  public EnrolmentWorker(FaceService faces, JobCodec sealed, JobStore store, InstantSource clock) {
    this.faces = faces;
    this.sealed = sealed;
    this.store = store;
    this.clock = clock;
  }

  /** The result of an attempt. */
  public sealed interface Attempt {
    /** The outcome of the job is recorded; its message can be deleted. */
    record Settled() implements Attempt {}

    /** The message must be delivered again. */
    record Again(RuntimeException failure) implements Attempt {}
  }

  /**
   * Attempts the enrolment in a message. The method throws nothing, so one bad message does not
   * fail the rest of its batch.
   *
   * @param deadline when the attempt must end
   */
  public Attempt attempt(String message, Instant deadline) {
    try {
      JobId id = JobCodec.id(message);
      return attempt(id, message, deadline);
    } catch (RuntimeException unreadable) {
      return new Attempt.Again(unreadable);
    }
  }

  private Attempt attempt(JobId id, String message, Instant deadline) {
    try {
      if (store.find(id).filter(Outcome::isFinal).isEmpty()) {
        store.settle(id, outcome(id, message, deadline));
      }
      return new Attempt.Settled();
    } catch (RuntimeException failure) {
      return new Attempt.Again(failure);
    }
  }

  private Outcome outcome(JobId id, String message, Instant deadline) {
    return id.isTooOld(clock.instant()) ? new Expired() : outcome(sealed.open(message), deadline);
  }

  private Outcome outcome(EnrolFeatures queued, Instant deadline) {
    try {
      return new JobState.Done(faces.execute(withDeadline(queued, deadline)));
    } catch (GalleryFull roomMayCome) {
      throw roomMayCome;
    } catch (CallerFault fault) {
      return new Refused(fault);
    }
  }

  private static EnrolFeatures withDeadline(EnrolFeatures queued, Instant deadline) {
    return new EnrolFeatures(
        queued.call().withDeadline(deadline),
        queued.version(),
        queued.templates(),
        queued.identifier());
  }
}
