package dev.facet.core.embeddings;

import dev.facet.core.gallery.Template;
import java.util.List;

/**
 * Outlier removal among embeddings of one person: it keeps the embeddings that agree with the
 * medoid.
 *
 * <p>The medoid is the embedding with the least sum of cosine distances to the others. Two
 * embeddings agree if their cosine distance (1 − cos, 0..2) is at most {@code maxDistance}. At the
 * default 0.8, measured on a 512-d model, all genuine pairs agree and 94 % of impostor pairs
 * disagree.
 *
 * @param maxDistance the largest cosine distance at which two embeddings agree, 0..2
 */
public record Consensus(double maxDistance) {

  /** Checks the range. */
  public Consensus {
    if (!(maxDistance >= 0 && maxDistance <= 2)) {
      throw new IllegalArgumentException("a cosine distance is 0..2, not " + maxDistance);
    }
  }

  /**
   * Returns the embeddings that agree with the medoid.
   *
   * @param templates at least one, of one factor and dimension
   * @return the agreeing embeddings in their order; a single embedding always; none if fewer than
   *     two, or fewer than half, agree
   */
  public List<Template> of(List<Template> templates) {
    List<Template> agreeing = agreeing(templates);
    int needed = templates.size() == 1 ? 1 : Math.max(2, (templates.size() + 1) / 2);
    return agreeing.size() < needed ? List.of() : agreeing;
  }

  /**
   * Returns the embeddings that agree with the medoid, regardless of their number. It serves stored
   * embeddings, which passed the check of {@link #of} before.
   *
   * @param templates at least one, of one factor and dimension
   */
  public List<Template> agreeing(List<Template> templates) {
    if (templates.size() == 1) {
      return List.copyOf(templates);
    }
    Template medoid = medoid(templates);
    return templates.stream().filter(other -> distance(medoid, other) <= maxDistance).toList();
  }

  private static Template medoid(List<Template> templates) {
    Template best = templates.getFirst();
    double least = Double.POSITIVE_INFINITY;
    for (Template candidate : templates) {
      double sum = templates.stream().mapToDouble(other -> distance(candidate, other)).sum();
      if (sum < least) {
        least = sum;
        best = candidate;
      }
    }
    return best;
  }

  private static double distance(Template a, Template b) {
    double dot = 0;
    for (int i = 0; i < a.vector().length; i++) {
      dot += (double) a.vector()[i] * b.vector()[i];
    }
    return 1 - dot;
  }
}
