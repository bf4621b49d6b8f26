package dev.facet.cli.calibration;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One axis of a {@link Plot}.
 *
 * @param label the quantity, as text
 * @param from the value at its start
 * @param to the value at its end
 * @param logarithmic whether the scale is logarithmic
 * @param ticks the values to mark
 * @param tickLabel formats the value of a tick
 */
record PlotAxis(
    String label,
    double from,
    double to,
    boolean logarithmic,
    List<Double> ticks,
    DoubleFunction<String> tickLabel) {

  PlotAxis {
    ticks = List.copyOf(ticks);
  }

  /** Returns the position of a value: 0 at the start, 1 at the end; values outside are clamped. */
  double position(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, Double.MIN_NORMAL) / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return Math.clamp(share, 0.0, 1.0);
  }
}
