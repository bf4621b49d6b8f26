package dev.facet.cli.calibration;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One axis of a {@link Plot}.
 *
 * @param label what it measures
 * @param from the value at its start
 * @param to the value at its end
 * @param logarithmic whether equal steps are equal factors
 * @param ticks the values to mark
 * @param tickLabel how to write them
 */
record Axis(
    String label,
    double from,
    double to,
    boolean logarithmic,
    List<Double> ticks,
    DoubleFunction<String> tickLabel) {

  Axis {
    ticks = List.copyOf(ticks);
  }

  /** Where a value lies: 0 at the start, 1 at the end; what lies beyond is at the nearer one. */
  double position(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, Double.MIN_NORMAL) / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return Math.clamp(share, 0.0, 1.0);
  }
}
