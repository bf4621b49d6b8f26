package dev.facet.core.retry;

import java.time.Duration;

/**
 * Exponential backoff: pauses that double after each failure, from the first to the longest.
 *
 * @param first the pause after one failure; &gt; 0
 * @param longest the upper bound of all pauses, not less than {@code first}
 */
public record Backoff(Duration first, Duration longest) {

  /** Checks the order of the pauses. */
  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "a backoff has 0 < first <= longest, not %s and %s".formatted(first, longest));
    }
  }

  /** Returns a backoff with a constant pause. */
  public static Backoff constant(Duration pause) {
    return new Backoff(pause, pause);
  }

  /**
   * Returns the pause after a number of failures in a row.
   *
   * @param failures at least 1
   */
  public Duration after(int failures) {
    if (failures < 1) {
      throw new IllegalArgumentException("there is no pause after %d failures".formatted(failures));
    }
    Duration pause = first;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
