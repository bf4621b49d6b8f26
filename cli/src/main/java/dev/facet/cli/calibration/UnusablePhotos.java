package dev.facet.cli.calibration;

/** Photos that nothing can be learned from; the message says which rule they break. */
public final class UnusablePhotos extends RuntimeException {

  private final String rule;

  UnusablePhotos(String rule) {
    super(rule);
    this.rule = rule;
  }

  /** What photos have to be. */
  public String rule() {
    return rule;
  }
}
