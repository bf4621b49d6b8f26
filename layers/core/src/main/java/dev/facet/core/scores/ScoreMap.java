package dev.facet.core.scores;

/**
 * Maps the cosine similarity of two templates to the API's score. It belongs to a model bundle:
 * what a similarity is worth depends on the model.
 */
@FunctionalInterface
public interface ScoreMap {

  /** The highest score. */
  int HIGHEST = 9999;

  /**
   * The score of a similarity; never falls as the similarity rises.
   *
   * @param similarity cosine, −1..1; a little beyond by rounding is admitted
   * @return 0..9999
   */
  int score(double similarity);

  /**
   * The least similarity whose score reaches a threshold: {@code −∞} when every score does, {@code
   * +∞} when none does.
   *
   * @param threshold 0..9999
   */
  default double leastSimilarity(int threshold) {
    double below = -1;
    double reached = 1;
    if (score(below) >= threshold) {
      return Double.NEGATIVE_INFINITY;
    }
    if (score(reached) < threshold) {
      return Double.POSITIVE_INFINITY;
    }
    for (double middle = 0; below < middle && middle < reached; middle = (below + reached) / 2) {
      if (score(middle) >= threshold) {
        reached = middle;
      } else {
        below = middle;
      }
    }
    return reached;
  }
}
