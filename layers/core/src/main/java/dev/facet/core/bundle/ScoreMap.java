package dev.facet.core.bundle;

import java.util.List;

/**
 * The map from cosine similarity to the score in responses: a strictly increasing, piecewise-linear
 * function onto the integers 0..9999, rounded down. It is part of a model bundle's calibration.
 *
 * <p>By rule −1 maps to 0 and 1 maps to 9999. The knots in between define the meaning of a score: a
 * calibrated map puts 7000 at the similarity that one impostor comparison in 10,000 reaches.
 *
 * @param knots from (−1, 0) to (1, 9999), both coordinates strictly increasing
 */
public record ScoreMap(List<Knot> knots) {

  /** The highest score, reached by a template against itself. */
  public static final int MAX = 9999;

  /** The score at which a calibrated map has a false match rate of 1e-4. */
  public static final int CALIBRATED = 7000;

  /**
   * A tolerance in units of score, some 1e-6 of similarity. It absorbs the rounding of a float32
   * dot product, so that a template scores 9999 against itself.
   */
  private static final double SLACK = 0.01;

  /**
   * A point that the map passes through.
   *
   * @param similarity cosine, −1..1
   * @param score 0..9999
   */
  public record Knot(double similarity, int score) {}

  /** Checks the ends and the order. */
  public ScoreMap {
    knots = List.copyOf(knots);
    if (knots.size() < 2
        || !knots.getFirst().equals(new Knot(-1, 0))
        || !knots.getLast().equals(new Knot(1, MAX))) {
      throw new IllegalArgumentException("a score map runs from (-1, 0) to (1, 9999)");
    }
    for (int i = 1; i < knots.size(); i++) {
      Knot low = knots.get(i - 1);
      Knot high = knots.get(i);
      if (!(low.similarity < high.similarity && low.score < high.score)) {
        throw new IllegalArgumentException(
            "a score map strictly increases, but %s comes before %s".formatted(low, high));
      }
    }
  }

  /**
   * Creates a map with one knot between its ends.
   *
   * @param c0 the similarity that scores 7000, strictly between −1 and 1
   */
  public static ScoreMap calibratedAt(double c0) {
    return new ScoreMap(List.of(new Knot(-1, 0), new Knot(c0, CALIBRATED), new Knot(1, MAX)));
  }

  /**
   * Returns the score of a similarity.
   *
   * @param similarity cosine; values beyond ±1 are clamped, because rounding can exceed the range
   * @return 0..9999
   * @throws IllegalArgumentException if the similarity is NaN
   */
  public int score(double similarity) {
    if (Double.isNaN(similarity)) {
      throw new IllegalArgumentException("a similarity must not be NaN");
    }
    double clamped = Math.clamp(similarity, -1.0, 1.0);
    int above = 1;
    while (knots.get(above).similarity < clamped) {
      above++;
    }
    return interpolate(knots.get(above - 1), knots.get(above), clamped);
  }

  /**
   * Returns the least similarity with at least this score: {@code score(x) >= s} exactly when
   * {@code x >= minSimilarity(s)}, for x in −1..1. A search compares similarities with this
   * threshold instead of mapping each one.
   *
   * @param score 0..9999
   * @throws IllegalArgumentException if the score is out of range
   */
  public double minSimilarity(int score) {
    if (score < 0 || score > MAX) {
      throw new IllegalArgumentException("a score is 0..9999, not " + score);
    }
    if (score == 0) {
      return -1;
    }
    double below = -1;
    double reached = 1;
    while (true) {
      double middle = below + (reached - below) / 2;
      if (middle <= below || middle >= reached) {
        return reached;
      }
      if (score(middle) >= score) {
        reached = middle;
      } else {
        below = middle;
      }
    }
  }

  /**
   * Interpolates between two knots. The upper knot bounds the rounded result, so the whole map is
   * monotone.
   */
  private static int interpolate(Knot low, Knot high, double similarity) {
    double slope = (high.score - low.score) / (high.similarity - low.similarity);
    double exact = low.score + (similarity - low.similarity) * slope;
    return (int) Math.min(high.score, Math.floor(exact + SLACK));
  }
}
