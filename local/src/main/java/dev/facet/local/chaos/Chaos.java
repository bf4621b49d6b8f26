package dev.facet.local.chaos;

/**
 * How often a store fails on purpose, each as a share of its calls.
 *
 * @param throttle it refuses for load, and nothing is done; 0..1
 * @param timeout it does what it was asked to, and its answer is lost; 0..1
 */
public record Chaos(double throttle, double timeout) {

  /** No faults but real ones. */
  public static final Chaos NONE = new Chaos(0, 0);

  /** Checks the ranges. */
  public Chaos {
    if (!(throttle >= 0 && timeout >= 0 && throttle + timeout <= 1)) {
      throw new IllegalArgumentException("shares of faults are 0..1, and so is their sum");
    }
  }

  /**
   * Reads {@code throttle=0.3,timeout=0.05}; either may be left out.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  public static Chaos parse(String text) {
    double throttle = 0;
    double timeout = 0;
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] fault = part.split("=", -1);
      double share = fault.length == 2 ? Double.parseDouble(fault[1]) : Double.NaN;
      switch (fault[0].strip()) {
        case "throttle" -> throttle = share;
        case "timeout" -> timeout = share;
        default ->
            throw new IllegalArgumentException(
                "'%s' is no fault: throttle, timeout".formatted(part));
      }
    }
    return new Chaos(throttle, timeout);
  }
}
