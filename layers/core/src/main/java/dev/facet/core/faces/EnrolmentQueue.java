package dev.facet.core.faces;

import dev.facet.core.faults.TransientFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A queue for enrolments that failed with a {@link TransientFault}. An accepted enrolment is done
 * later, exactly once, even if this process ends.
 */
@FunctionalInterface
public interface EnrolmentQueue {

  /**
   * The age at which an accepted enrolment is given up. It counts from the acceptance, never from a
   * later send, and is the longest retention of SQS.
   */
  Duration MAX_AGE = Duration.ofDays(14);

  /**
   * The life of a record that recognises a repetition of an enrolment. It exceeds {@link #MAX_AGE},
   * so that a late message never enrols a person again who was deleted meanwhile.
   */
  Duration RECORD_LIFE = MAX_AGE.plusDays(1);

  /** A queue that accepts nothing, for a deployment without queueing. */
  EnrolmentQueue NONE = (command, form, until, obstacle) -> Optional.empty();

  /**
   * Accepts an enrolment and, as far as the caller's time allows, waits until it is done. Does not
   * wait if the obstacle is a lack of capacity, which the wait would prolong.
   *
   * @param form the form of the request
   * @param until the time by which the caller needs an answer
   * @param obstacle the fault of the immediate attempt
   * @return empty if the enrolment was not accepted and will not be done
   * @throws dev.facet.core.faults.Fault the fault of the enrolment, if it was done by then and
   *     refused
   */
  Optional<Outcome> accept(
      FaceCommand.EnrolFeatures command, Form form, Instant until, TransientFault obstacle);

  /** The form of a request, which decides how its answer shows ids. */
  enum Form {
    /** A request on a route with encrypted payloads. */
    ENCRYPTED,
    /** A request on a route without encryption. */
    PLAIN
  }

  /** The outcome of an accepted enrolment. */
  sealed interface Outcome {}

  /** The enrolment is done. */
  record Done(FaceAnswer.Enrolled answer) implements Outcome {}

  /** The enrolment is certain to be processed, but not done yet. */
  record Waiting(String jobId) implements Outcome {}

  /**
   * The queue did not answer and may have taken the enrolment. If it did, the enrolment is
   * processed under this job, and a repeat of the same operation is the same enrolment.
   */
  record Uncertain(String jobId) implements Outcome {}
}
