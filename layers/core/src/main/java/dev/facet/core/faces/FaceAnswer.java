package dev.facet.core.faces;

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
   * A subject that resembles the probe.
   *
   * @param score 0..9999
   */
  record Candidate(SubjectId subject, int score) {}
}
