package dev.facet.cli.calibration;

/** The photos do not suffice for a calibration; the message states the rule that they break. */
public final class UnusablePhotos extends RuntimeException {

  private final String rule;

  UnusablePhotos(String rule) {
    super(rule);
    this.rule = rule;
  }

  /** Returns the rule that the photos break. */
  public String rule() {
    return rule;
  }
}
