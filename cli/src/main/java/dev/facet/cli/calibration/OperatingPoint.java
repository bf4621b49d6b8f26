package dev.facet.cli.calibration;

import dev.facet.core.bundle.ScoreMap;

/**
 * The error rates at a threshold.
 *
 * @param name the callers' name for the threshold, such as {@code 7000}
 * @param similarity the threshold as a cosine
 * @param falseMatches the counted FMR
 * @param modelled the FMR by the {@link ImpostorTail}
 * @param modelledInterval the bootstrap interval of {@code modelled}
 * @param falseNonMatches the counted FNMR
 */
record OperatingPoint(
    String name,
    double similarity,
    ErrorRate falseMatches,
    double modelled,
    ValueRange modelledInterval,
    ErrorRate falseNonMatches) {

  /** Returns whether this is the calibrated score, 7000. */
  boolean calibrated() {
    return name.equals(Integer.toString(ScoreMap.CALIBRATED));
  }

  /** Returns whether the sample has too few false matches here, so that the FMR is the model's. */
  boolean extrapolated() {
    return !falseMatches.hasEnoughErrors();
  }

  /** Returns the counted FMR within the sample's range, else the model's. */
  double falseMatchRate() {
    return extrapolated() ? modelled : falseMatches.rate();
  }

  /** Returns the bootstrap interval of {@link #falseMatchRate}. */
  ValueRange falseMatchInterval() {
    return extrapolated() ? modelledInterval : falseMatches.bySubject();
  }
}
