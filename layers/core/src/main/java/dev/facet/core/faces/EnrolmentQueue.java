package dev.facet.core.faces;

import dev.facet.core.faults.TransientFault;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an enrolment goes that met a {@link TransientFault}: taken here, it is done later, exactly
 * once, whatever happens to this process.
 */
@FunctionalInterface
public interface EnrolmentQueue {

  /** A deployment without a queue: nothing is taken. */
  EnrolmentQueue NONE = (command, form, until, obstacle) -> Optional.empty();

  /**
   * Takes an enrolment and, as far as the caller's time allows, waits until it is done.
   *
   * @param form how the request was made
   * @param until when the caller has to be answered
   * @param obstacle what kept it from being done at once
   * @return empty if it was not taken: nothing will be done
   * @throws dev.facet.core.faults.Fault what the enrolment came to when it was done, if it was
   *     refused
   */
  Optional<Outcome> accept(
      FaceCommand.EnrolFeatures command, Form form, Instant until, TransientFault obstacle);

  /** How a request was made, and so how its answer shows ids. */
  enum Form {
    /** On a route whose payloads are encrypted. */
    ENCRYPTED,
    /** On a route without encryption. */
    PLAIN
  }

  /** What became of an enrolment that was taken. */
  sealed interface Outcome {}

  /** It is done. */
  record Done(FaceAnswer.Enrolled answer) implements Outcome {}

  /** It is certain to be done, but not yet. */
  record Waiting(String jobId) implements Outcome {}
}
