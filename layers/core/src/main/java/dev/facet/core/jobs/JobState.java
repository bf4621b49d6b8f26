package dev.facet.core.jobs;

import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faults.CallerFault;

/** The state of a job. */
public sealed interface JobState {

  /** The job is queued or in progress. */
  record Queued() implements JobState {}

  /** The recorded outcome of a job; a job without a record is queued. */
  sealed interface Outcome extends JobState {

    /** Returns whether no other outcome can follow. */
    default boolean isFinal() {
      return switch (this) {
        case Done _, Refused _, Expired _ -> true;
        case Dead _ -> false;
      };
    }
  }

  /** The person is enrolled. */
  record Done(Enrolled answer) implements Outcome {}

  /** The request was invalid, so the enrolment cannot be done. */
  record Refused(CallerFault fault) implements Outcome {}

  /**
   * The job was given up without an enrolment because it was too old, or it is so old that its
   * record is gone.
   */
  record Expired() implements Outcome {}

  /**
   * The job failed in every automatic replay; its message stays in the dead-letter queue until it
   * expires, for a manual replay.
   */
  record Dead() implements Outcome {}
}
