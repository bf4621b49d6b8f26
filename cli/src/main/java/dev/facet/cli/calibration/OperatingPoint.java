package dev.facet.cli.calibration;

import dev.facet.core.bundle.ScoreMap;

/**
 * What a threshold does: how often strangers pass it and how often mates fail it.
 *
 * @param name what callers know the threshold by, such as {@code 7000}
 * @param similarity the threshold as a cosine
 * @param falseMatches FMR, counted
 * @param modelled FMR by the {@link ImpostorTail}
 * @param modelledInterval its interval from drawing people anew
 * @param falseNonMatches FNMR, counted
 */
record OperatingPoint(
    String name,
    double similarity,
    ErrorRate falseMatches,
    double modelled,
    Range modelledInterval,
    ErrorRate falseNonMatches) {

  /** Whether this is the score that the calibration is about. */
  boolean calibrated() {
    return name.equals(Integer.toString(ScoreMap.CALIBRATED));
  }

  /** Whether the sample has too few false matches here, so that the FMR is the model's word. */
  boolean extrapolated() {
    return !falseMatches.withinReach();
  }

  /** The FMR to go by: counted where the sample reaches, else the model's. */
  double falseMatchRate() {
    return extrapolated() ? modelled : falseMatches.rate();
  }

  /** The interval of {@link #falseMatchRate}, from drawing people anew. */
  Range falseMatchInterval() {
    return extrapolated() ? modelledInterval : falseMatches.bySubject();
  }
}
