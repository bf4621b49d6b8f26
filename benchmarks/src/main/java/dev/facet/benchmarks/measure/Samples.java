package dev.facet.benchmarks.measure;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measurements of one quantity in the order in which they were taken. Reports show medians and
 * quartiles, since noise on a shared machine only ever adds time.
 */
public final class Samples {

  private final double[] taken;
  private final double[] sorted;

  private Samples(double[] taken) {
    if (taken.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    this.taken = taken;
    this.sorted = taken.clone();
    Arrays.sort(sorted);
  }

  /**
   * Returns samples of these values.
   *
   * @throws IllegalArgumentException if there are no values
   */
  public static Samples of(double... values) {
    return new Samples(values.clone());
  }

  /** Returns samples of one number of each item. */
  public static <T> Samples of(List<T> items, ToDoubleFunction<T> number) {
    return new Samples(items.stream().mapToDouble(number).toArray());
  }

  /** Returns the number of samples. */
  public int size() {
    return taken.length;
  }

  /** Returns the arithmetic mean. */
  public double mean() {
    return Arrays.stream(taken).average().orElseThrow();
  }

  /** Returns the median. */
  public double median() {
    return quantile(0.5);
  }

  /** Returns the minimum, which shows the machine's speed without disturbances. */
  public double least() {
    return sorted[0];
  }

  /**
   * Returns the value below which a fraction of the samples lies, interpolated between neighbours.
   *
   * @param fraction 0..1
   */
  public double quantile(double fraction) {
    double position = fraction * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Returns the share of samples above a limit, 0..1. */
  public double shareAbove(double limit) {
    return (double) Arrays.stream(sorted).filter(value -> value > limit).count() / sorted.length;
  }

  /**
   * Returns the ratios to other samples, turn by turn. A disturbance of the machine affects
   * neighbouring turns alike, so the ratios spread less than the times.
   *
   * @throws IllegalArgumentException if the numbers of turns differ
   */
  public Samples over(Samples other) {
    if (taken.length != other.taken.length) {
      throw new IllegalArgumentException(
          "%d turns over %d".formatted(taken.length, other.taken.length));
    }
    double[] ratios = new double[taken.length];
    Arrays.setAll(ratios, turn -> taken[turn] / other.taken[turn]);
    return new Samples(ratios);
  }

  /** Returns the median with its quartiles: {@code 12.3 (12.1–12.9)}. */
  public String spread() {
    return "%s (%s–%s)".formatted(digits(median()), digits(quantile(0.25)), digits(quantile(0.75)));
  }

  /** Formats a value with about three significant digits. */
  public static String digits(double value) {
    double size = Math.abs(value);
    return (size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f").formatted(value);
  }
}
