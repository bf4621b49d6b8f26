package dev.facet.core.bundle;

import java.util.List;

/**
 * The calibration of the cosine similarities of a bundle's templates: the map to scores, and the
 * measured error rates.
 *
 * @param origin the photos of the measurement
 * @param tailModel the model of the impostor distribution's tail, which extrapolates rates beyond
 *     the reach of the sample
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

  /** Returns the map from cosine similarity to score. */
  public ScoreMap scoreMap() {
    return new ScoreMap(points);
  }

  /**
   * The photos behind a calibration table.
   *
   * @param photos the name of the photo set
   * @param people the number of different people
   * @param images the number of photos used
   * @param genuinePairs pairs of photos of one person
   * @param impostorPairs pairs of photos of different people
   */
  public record Origin(
      String photos, int people, int images, int genuinePairs, int impostorPairs) {}

  /**
   * The false match rate (FMR) at a score: the probability that photos of two different people
   * reach it.
   *
   * @param score 0..9999
   * @param similarity the least similarity with that score
   * @param falseMatchRate the estimate
   * @param low lower end of its 95 % confidence interval
   * @param high upper end of its 95 % confidence interval
   * @param falseNonMatchRate the FNMR: the probability that two photos of one person do not reach
   *     the score
   * @param extrapolated whether the false match rate lies beyond the reach of the sample
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
