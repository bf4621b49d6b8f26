package dev.facet.cli.doctor;

/** The verdict of a check. The text is part of the command's JSON. */
public enum Verdict {
  OK("ok"),
  WARNING("warning"),
  FAULT("fault"),
  NOT_CHECKED("not checked");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** Returns the verdict as it is printed. */
  public String text() {
    return text;
  }
}
