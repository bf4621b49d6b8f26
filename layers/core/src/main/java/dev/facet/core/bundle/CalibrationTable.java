package dev.facet.core.bundle;

import java.util.List;

/**
 * What cosine similarities of a bundle's templates mean: the map to scores and the error rates that
 * were measured.
 *
 * @param origin which photos it was made from
 * @param tailModel the model of the impostor distribution's tail, by which rates beyond the
 *     sample's reach are extrapolated
 * @param points the score map's knots, similarities and scores both strictly rising from (−1, 0) to
 *     (1, 9999), straight lines between
 * @param rates false match rates at some scores
 */
public record CalibrationTable(
    Origin origin, String tailModel, List<Knot> points, List<Rate> rates) {

  /** Checks the map. */
  public CalibrationTable {
    Rules.present(origin, "calibration.origin");
    Rules.present(tailModel, "calibration.tailModel");
    Rules.require(
        points != null && points.size() >= 2, "calibration.points must have 2 knots or more");
    Rules.present(rates, "calibration.rates");
    points = List.copyOf(points);
    rates = List.copyOf(rates);
    Rules.require(
        points.getFirst().equals(new Knot(-1, 0)) && points.getLast().equals(new Knot(1, 9999)),
        "calibration.points must run from (-1, 0) to (1, 9999)");
    for (int i = 1; i < points.size(); i++) {
      Rules.require(
          points.get(i).similarity() > points.get(i - 1).similarity()
              && points.get(i).score() > points.get(i - 1).score(),
          "calibration.points must rise strictly");
    }
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

  /** A knot of the score map. */
  public record Knot(double similarity, int score) {}

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
}
