package dev.facet.cli.calibration;

import dev.facet.core.bundle.ScoreMap;
import java.util.List;
import java.util.Optional;

/**
 * The calibration of a model bundle.
 *
 * @param comparisons the comparisons that it is based on
 * @param tail the model of impostor similarities
 * @param c0 the similarity to which the model assigns an FMR of 1e-4; its score is 7000
 * @param c0Interval the bootstrap interval of {@code c0}
 * @param scores the operating points at scores 5000, 6000, 7000 and 8000
 * @param distances the operating points at Euclidean distances between unit vectors, the measure of
 *     {@code /node}
 * @param tradeOff the DET curve
 * @param crossValidation the cross-validation; needs at least six people
 * @param worstPairs the wrong decisions at score 7000
 */
record Calibration(
    PairSet comparisons,
    ImpostorTail tail,
    double c0,
    ValueRange c0Interval,
    List<OperatingPoint> scores,
    List<OperatingPoint> distances,
    List<TradeOff> tradeOff,
    Optional<CrossValidation> crossValidation,
    WorstPairs worstPairs) {

  Calibration {
    scores = List.copyOf(scores);
    distances = List.copyOf(distances);
    tradeOff = List.copyOf(tradeOff);
  }

  /** Returns the score map that follows from {@code c0}. */
  ScoreMap scoreMap() {
    return ScoreMap.calibratedAt(c0);
  }

  /** Returns the operating point of score 7000. */
  OperatingPoint at7000() {
    return scores.stream().filter(OperatingPoint::calibrated).findFirst().orElseThrow();
  }

  /**
   * A point of the DET curve (detection error trade-off).
   *
   * @param falseMatchRate the FMR by the model
   * @param point the operating point at the model's similarity for that FMR
   * @param falseNonMatches the bootstrap interval of the FNMR, where each replicate determines its
   *     similarity for that FMR
   */
  record TradeOff(double falseMatchRate, OperatingPoint point, ValueRange falseNonMatches) {}
}
