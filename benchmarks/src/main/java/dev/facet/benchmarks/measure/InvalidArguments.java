package dev.facet.benchmarks.measure;

/** Arguments on the command line that do not fit the benchmark's usage. */
public final class InvalidArguments extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message the argument and the rule that it breaks
   */
  public InvalidArguments(String message) {
    super(message);
  }
}
