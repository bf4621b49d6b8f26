package dev.facet.core.faces;

import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.List;

/** What a {@link FaceCommand} is met with. */
public sealed interface FaceAnswer {

  /** A subject was enrolled or its templates were replaced; what was seen of its face. */
  record Registered(SubjectId subject, FaceAttributes attributes) implements FaceAnswer {}

  /** A subject is gone. */
  record Deleted(SubjectId subject) implements FaceAnswer {}

  /** Faces seen, largest first; at least one. */
  record Extracted(List<FaceAttributes> faces) implements FaceAnswer {
    /** Copies the list. */
    public Extracted {
      faces = List.copyOf(faces);
    }
  }

  /** Candidates at or above the threshold, most similar first; none is a valid answer. */
  record Found(List<Candidate> candidates, FaceAttributes attributes) implements FaceAnswer {
    /** Copies the list. */
    public Found {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * The comparison was made.
   *
   * @param score 0..9999
   */
  record Verified(SubjectId subject, int score) implements FaceAnswer {}

  /**
   * A person is enrolled.
   *
   * @param person who; the distance is 0 unless {@code known}
   * @param known whether they were there before
   */
  record Enrolled(Person person, boolean known) implements FaceAnswer {}

  /**
   * People near the probe, nearest first; none is a valid answer.
   *
   * @param excluded how many templates of those who were compared no longer agree with their others
   *     and were left out
   */
  record Recognised(List<Person> people, int excluded) implements FaceAnswer {
    /** Copies the list. */
    public Recognised {
      people = List.copyOf(people);
    }
  }

  /** A person is gone. */
  record Forgotten(PersonId puid) implements FaceAnswer {}

  /**
   * A person and how near.
   *
   * @param puid names the subject in its gallery
   * @param guid names the person in all galleries of an application
   * @param distance Euclidean, between unit vectors: 0..2
   */
  record Person(PersonId puid, PersonId guid, double distance) {}

  /**
   * A subject that resembles the probe.
   *
   * @param score 0..9999
   */
  record Candidate(SubjectId subject, int score) {}
}
