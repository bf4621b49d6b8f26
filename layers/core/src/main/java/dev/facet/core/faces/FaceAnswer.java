package dev.facet.core.faces;

import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.function.Supplier;

/** The answer to a {@link FaceCommand}. */
public sealed interface FaceAnswer {

  /** A subject was enrolled or its templates were replaced; holds the attributes of its face. */
  record Registered(SubjectId subject, FaceAttributes attributes) implements FaceAnswer {}

  /** A subject was deleted. */
  record Deleted(SubjectId subject) implements FaceAnswer {}

  /** The detected faces, largest first; at least one. */
  record Extracted(List<FaceAttributes> faces) implements FaceAnswer {
    /** Copies the list. */
    public Extracted {
      faces = List.copyOf(faces);
    }
  }

  /** Candidates at or above the threshold, most similar first; an empty list is a valid answer. */
  record Found(List<Candidate> candidates, FaceAttributes attributes) implements FaceAnswer {
    /** Copies the list. */
    public Found {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * The result of a 1:1 comparison.
   *
   * @param score 0..9999, or {@link #NO_MATCH}
   */
  record Verified(SubjectId subject, int score) implements FaceAnswer {

    /** The score of an excluded subject, which is below every threshold. */
    public static final int NO_MATCH = -1;
  }

  /**
   * A person is enrolled.
   *
   * @param person the person; the distance is 0 unless {@code known}
   * @param known whether the person was enrolled before
   */
  record Enrolled(Person person, boolean known) implements FaceAnswer {}

  /** The results of a batch of enrolments, in their order. */
  record EnrolledBatch(List<BatchResult> results) implements FaceAnswer {
    /** Copies the list. */
    public EnrolledBatch {
      results = List.copyOf(results);
    }
  }

  /** The result of one enrolment of a batch. */
  sealed interface BatchResult {
    /** The person is enrolled. */
    record Done(Enrolled answer) implements BatchResult {}

    /** The enrolment failed. */
    record Failed(Fault fault) implements BatchResult {}

    /** Returns the result of an enrolment, whatever it throws. */
    static BatchResult of(Supplier<Enrolled> enrolment) {
      try {
        return new Done(enrolment.get());
      } catch (RuntimeException failure) {
        return failed(failure);
      }
    }

    /** Returns the result of an enrolment that threw this. */
    static BatchResult failed(RuntimeException failure) {
      return new Failed(
          failure instanceof Fault fault
              ? fault
              : new InternalFault("An enrolment failed.", failure));
    }
  }

  /**
   * People near the probe, nearest first; an empty list is a valid answer.
   *
   * @param excluded the number of templates of the compared subjects that were left out because
   *     they no longer agree with the subject's other ones
   */
  record Recognised(List<Person> people, int excluded) implements FaceAnswer {
    /** Copies the list. */
    public Recognised {
      people = List.copyOf(people);
    }
  }

  /** A person was deleted. */
  record Forgotten(PersonId puid) implements FaceAnswer {}

  /**
   * A person and the distance to the probe.
   *
   * @param puid identifies the subject in its gallery
   * @param guid identifies the person in all galleries of an application
   * @param distance the Euclidean distance between unit vectors, 0..2
   */
  record Person(PersonId puid, PersonId guid, double distance) {}

  /**
   * A subject that resembles the probe.
   *
   * @param score 0..9999
   */
  record Candidate(SubjectId subject, int score) {}
}
