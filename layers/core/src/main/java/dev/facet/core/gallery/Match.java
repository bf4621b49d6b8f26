package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.Comparator;

/**
 * A subject that resembles a probe.
 *
 * @param subject the id of the subject
 * @param similarity the highest similarity of its templates to the probe: the cosine, weighed where
 *     the gallery's bundle weighs
 */
public record Match(SubjectId subject, float similarity) {

  /** Orders matches by descending similarity, then by id. */
  public static final Comparator<Match> BEST_FIRST =
      Comparator.comparingDouble(Match::similarity)
          .reversed()
          .thenComparing(match -> match.subject().value());
}
