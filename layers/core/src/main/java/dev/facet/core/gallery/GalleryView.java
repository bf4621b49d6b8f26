package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A view of a gallery after one of its commits. It needs no lock, and later commits do not change
 * its searches. Searches are exact and return the same result on every machine.
 *
 * <p>Methods for a single subject reflect that commit or a later one.
 */
public interface GalleryView {

  /** Returns the position of that commit. */
  LogPosition position();

  /** Returns the approximate size of the log in bytes, without what the next sweep erases. */
  long logBytes();

  /** Returns the number of templates of enrolled subjects. */
  long count();

  /** Returns the number of coordinates per factor that an enrolled subject has. */
  Map<String, Integer> dimensions();

  /**
   * Returns the subjects most similar to a probe (1:N), by their best template of the probe's
   * factor.
   *
   * @param probe of the dimension that the gallery has for its factor
   * @param atLeast the minimum cosine similarity of a match
   * @param limit the maximum number of matches, at least 1
   * @return the matches, best first; equally similar subjects are ordered by id
   * @throws IllegalArgumentException if the probe has another dimension
   */
  default List<Match> search(Template probe, double atLeast, int limit) {
    return search(probe, Weighing.NONE, atLeast, limit);
  }

  /**
   * Searches like {@link #search(Template, double, int)} by weighed similarities.
   *
   * @param weighing the rule of the gallery's bundle
   * @param atLeast the minimum weighed similarity of a match
   */
  List<Match> search(Template probe, Weighing weighing, double atLeast, int limit);

  /**
   * Returns the highest cosine similarity of a subject's templates to a probe (1:1), with the same
   * bits as a search; empty if the subject has no template of that factor, is excluded or is not
   * enrolled.
   */
  default OptionalDouble similarity(SubjectId subject, Template probe) {
    return similarity(subject, probe, Weighing.NONE);
  }

  /** Compares like {@link #similarity(SubjectId, Template)} by weighed similarities. */
  OptionalDouble similarity(SubjectId subject, Template probe, Weighing weighing);

  /** Returns the number of a subject's templates; 0 if it is not enrolled. */
  int templates(SubjectId subject);

  /** Returns a subject's templates in their order; empty if it is not enrolled. */
  List<Template> enrolled(SubjectId subject);

  /**
   * Returns the subject's record if a write planned before in the same commit stores it. Such a
   * record can't be read from the store yet.
   */
  Optional<Subject> planned(SubjectId subject);
}
