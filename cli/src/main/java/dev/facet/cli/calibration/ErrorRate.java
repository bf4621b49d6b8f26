package dev.facet.cli.calibration;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * How often comparisons went wrong, and how sure that is.
 *
 * @param errors how many did
 * @param comparisons how many were made
 * @param exact Clopper and Pearson's interval, which takes every comparison for independent
 * @param bySubject the interval from drawing people anew
 */
record ErrorRate(int errors, int comparisons, Range exact, Range bySubject) {

  /**
   * The fewest errors that a rate is read from: with 30 the true rate is within ±30 % of it, at 90
   * % confidence (G. R. Doddington et al., "The NIST speaker recognition evaluation", Speech
   * Communication 31, 2000).
   */
  static final int REACH = 30;

  /**
   * The rate with its exact interval worked out.
   *
   * @param drawn the interval from drawing people anew; counts for nothing where nobody ever erred
   */
  static ErrorRate of(int errors, int comparisons, Range drawn) {
    Range bySubject = errors == 0 ? Range.UNKNOWN : drawn;
    if (comparisons == 0) {
      return new ErrorRate(errors, comparisons, Range.UNKNOWN, bySubject);
    }
    Interval exact =
        BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(comparisons, errors, 0.05);
    return new ErrorRate(
        errors, comparisons, new Range(exact.getLowerBound(), exact.getUpperBound()), bySubject);
  }

  /** Errors per comparison; NaN when none was made. */
  double rate() {
    return (double) errors / comparisons;
  }

  /** Whether there were errors enough to read the rate from. */
  boolean withinReach() {
    return errors >= REACH;
  }
}
