package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.Comparator;

/**
 * A subject that resembles a probe.
 *
 * @param subject who
 * @param similarity the highest cosine similarity of its templates to the probe
 */
public record Match(SubjectId subject, float similarity) {

  /** Most similar first; of equals, the lesser id. */
  public static final Comparator<Match> BEST_FIRST =
      Comparator.comparingDouble(Match::similarity)
          .reversed()
          .thenComparing(match -> match.subject().value());
}
