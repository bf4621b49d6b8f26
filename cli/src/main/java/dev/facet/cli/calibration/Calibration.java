package dev.facet.cli.calibration;

import dev.facet.core.bundle.ScoreMap;
import java.util.List;
import java.util.Optional;

/**
 * What was learned of a model bundle.
 *
 * @param comparisons what it was learned from
 * @param tail the model of impostors
 * @param c0 the similarity that the model gives an FMR of 1e-4; it scores 7000
 * @param c0Interval its interval from drawing people anew
 * @param scores what the scores 5000, 6000, 7000 and 8000 do
 * @param distances what Euclidean distances between unit vectors do, as {@code /node} uses them
 * @param tradeOff the DET curve
 * @param crosswise how it holds for people not seen; needs six people
 * @param mistakes the comparisons that go wrong at 7000
 */
record Calibration(
    Comparisons comparisons,
    ImpostorTail tail,
    double c0,
    Range c0Interval,
    List<OperatingPoint> scores,
    List<OperatingPoint> distances,
    List<TradeOff> tradeOff,
    Optional<Crosswise> crosswise,
    Mistakes mistakes) {

  Calibration {
    scores = List.copyOf(scores);
    distances = List.copyOf(distances);
    tradeOff = List.copyOf(tradeOff);
  }

  /** The map that follows. */
  ScoreMap scoreMap() {
    return ScoreMap.calibratedAt(c0);
  }

  /** What score 7000 does. */
  OperatingPoint at7000() {
    return scores.stream().filter(OperatingPoint::calibrated).findFirst().orElseThrow();
  }

  /**
   * A point of the DET curve (detection error trade-off).
   *
   * @param falseMatchRate by the model
   * @param point what the model's similarity for that FMR does
   * @param falseNonMatches the FNMR's interval when each draw of people sets its own similarity for
   *     that FMR
   */
  record TradeOff(double falseMatchRate, OperatingPoint point, Range falseNonMatches) {}
}
