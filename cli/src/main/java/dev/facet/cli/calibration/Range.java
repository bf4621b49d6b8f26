package dev.facet.cli.calibration;

/** A 95 % confidence interval. */
record Range(double low, double high) {

  /** Where nothing can be told. */
  static final Range UNKNOWN = new Range(Double.NaN, Double.NaN);

  boolean holds(double value) {
    return low <= value && value <= high;
  }
}
