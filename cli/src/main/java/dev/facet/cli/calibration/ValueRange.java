package dev.facet.cli.calibration;

/** A 95 % confidence interval. */
public record ValueRange(double low, double high) {

  /** The interval of a statistic that has no estimate. */
  static final ValueRange UNKNOWN = new ValueRange(Double.NaN, Double.NaN);

  boolean contains(double value) {
    return low <= value && value <= high;
  }
}
