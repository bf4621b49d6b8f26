package dev.facet.core.jobs;

import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faults.CallerFault;

/** What is known of a job. */
public sealed interface JobState {

  /** It is waiting to be done, or being done. */
  record Queued() implements JobState {}

  /** It is so old that nothing is known of it any more. */
  record Expired() implements JobState {}

  /** What is recorded of a job; while there is no record, it is queued. */
  sealed interface Outcome extends JobState {

    /** Whether nothing can come after it. */
    default boolean isFinal() {
      return switch (this) {
        case Done _, Refused _ -> true;
        case Dead _ -> false;
      };
    }
  }

  /** The person is enrolled. */
  record Done(Enrolled answer) implements Outcome {}

  /** It can't be done as it was asked for. */
  record Refused(CallerFault fault) implements Outcome {}

  /** It failed too often; it waits, for days, to be given again by hand. */
  record Dead() implements Outcome {}
}
