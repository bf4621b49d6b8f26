package dev.facet.cli.calibration;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * The share of wrong decisions among comparisons, with confidence intervals.
 *
 * @param errors the number of wrong decisions
 * @param comparisons the number of comparisons
 * @param exact the Clopper-Pearson interval, which assumes independent comparisons
 * @param bySubject the bootstrap interval over people
 */
public record ErrorRate(int errors, int comparisons, ValueRange exact, ValueRange bySubject) {

  /**
   * The minimum number of errors to estimate a rate: with 30 the true rate is within ±30 % of it,
   * at 90 % confidence (G. R. Doddington et al., "The NIST speaker recognition evaluation", Speech
   * Communication 31, 2000).
   */
  static final int MIN_ERRORS = 30;

  /**
   * Returns the rate with its exact interval.
   *
   * @param drawn the bootstrap interval over people; ignored if there are no errors
   */
  static ErrorRate of(int errors, int comparisons, ValueRange drawn) {
    ValueRange bySubject = errors == 0 ? ValueRange.UNKNOWN : drawn;
    if (comparisons == 0) {
      return new ErrorRate(errors, comparisons, ValueRange.UNKNOWN, bySubject);
    }
    Interval exact =
        BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(comparisons, errors, 0.05);
    return new ErrorRate(
        errors,
        comparisons,
        new ValueRange(exact.getLowerBound(), exact.getUpperBound()),
        bySubject);
  }

  /** Returns errors per comparison; NaN without comparisons. */
  public double rate() {
    return (double) errors / comparisons;
  }

  /** Returns whether there are enough errors to estimate the rate. */
  boolean hasEnoughErrors() {
    return errors >= MIN_ERRORS;
  }
}
