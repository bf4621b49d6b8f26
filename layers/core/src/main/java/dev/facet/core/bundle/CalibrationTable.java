package dev.facet.core.bundle;

import java.util.List;

/**
 * What cosine similarities of a bundle's templates mean: the map to scores and the error rates that
 * were measured.
 *
 * @param origin which photos it was made from
 * @param tailModel the model of the impostor distribution's tail, by which rates beyond the
 *     sample's reach are extrapolated
 * @param points the score map's knots
 * @param rates false match rates at some scores
 */
public record CalibrationTable(
    Origin origin, String tailModel, List<ScoreMap.Knot> points, List<Rate> rates) {

  /** Checks the map. */
  public CalibrationTable {
    Rules.present(origin, "calibration.origin");
    Rules.present(tailModel, "calibration.tailModel");
    Rules.present(points, "calibration.points");
    Rules.present(rates, "calibration.rates");
    points = List.copyOf(points);
    rates = List.copyOf(rates);
    requireMap(points);
  }

  /** The map from cosine similarity to score. */
  public ScoreMap scoreMap() {
    return new ScoreMap(points);
  }

  /**
   * Which photos a table was made from.
   *
   * @param photos what they are called
   * @param people how many different people
   * @param images how many photos were used
   * @param genuinePairs pairs of photos of one person
   * @param impostorPairs pairs of photos of different people
   */
  public record Origin(
      String photos, int people, int images, int genuinePairs, int impostorPairs) {}

  /**
   * The false match rate at a score: the chance that two different people's photos reach it.
   *
   * @param score 0..9999
   * @param similarity the least similarity with that score
   * @param falseMatchRate the estimate
   * @param low lower end of its 95 % confidence interval
   * @param high upper end
   * @param falseNonMatchRate the chance that two photos of one person do not reach it
   * @param extrapolated whether the false match rate lies beyond the sample's reach
   */
  public record Rate(
      int score,
      double similarity,
      double falseMatchRate,
      double low,
      double high,
      double falseNonMatchRate,
      boolean extrapolated) {}

  private static void requireMap(List<ScoreMap.Knot> points) {
    try {
      new ScoreMap(points);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("calibration.points: " + e.getMessage(), e);
    }
  }
}
