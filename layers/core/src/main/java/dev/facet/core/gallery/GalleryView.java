package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A gallery as it stood after one of its commits. It does not change and needs no lock; searches
 * are exact, and the same on every machine.
 *
 * <p>What is asked of a single subject is answered as of that commit or a later one.
 */
public interface GalleryView {

  /** The commit after which the gallery stood so. */
  Position position();

  /** Templates of enrolled subjects. */
  long count();

  /** Coordinates per factor. */
  Map<String, Integer> dimensions();

  /**
   * 1:N: the subjects most similar to a probe, by their best template of the probe's factor.
   *
   * @param probe of the dimension that the gallery has for its factor
   * @param atLeast the least cosine similarity of a match
   * @param limit the most matches, at least 1
   * @return best first; of equally similar subjects the one with the lesser id
   * @throws IllegalArgumentException if the dimension is another
   */
  List<Match> search(Template probe, double atLeast, int limit);

  /**
   * 1:1: the highest cosine similarity of a subject's templates to a probe, to the last bit what a
   * search finds; empty if it has none of that factor or is not enrolled.
   */
  OptionalDouble similarity(SubjectId subject, Template probe);

  /** How many templates a subject has; 0 if it is not enrolled. */
  int templates(SubjectId subject);

  /** A subject's templates, in their order; none if it is not enrolled. */
  List<Template> enrolled(SubjectId subject);

  /**
   * The record that a write stores which was planned before in the same commit, and can't be read
   * from the store yet.
   */
  Optional<Subject> planned(SubjectId subject);
}
