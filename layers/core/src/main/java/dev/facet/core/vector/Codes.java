package dev.facet.core.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The rows of a block once more, in a quarter of the memory: int8 codes that bound each row's
 * similarity to a probe from above. What the bound rules out need not be multiplied exactly, and
 * nothing that belongs into an answer is ever ruled out.
 *
 * <p>A row x is coded as s·c, with c its coordinates in steps of s rounded to −127..127, and so is
 * a probe q as t·d. With e = x − s·c and f = q − t·d, x·q = s·t·(c·d) + (s·c)·f + e·q, and by
 * Cauchy-Schwarz the last two are at most |s·c||f| + |e||q|. Both error norms are computed when the
 * codes are made; c·d is exact.
 */
public final class Codes {

  /** No more than this are a template's norm, and that of its coded form less its error. */
  private static final double NORM = 1.01;

  /** More than the rounding of an exact product: {@link Dots} adds at most 132 numbers in a row. */
  private static final double ROUNDING = 1e-5;

  private final MemorySegment rows;
  private final int stride;
  private final float[] steps;
  private final float[] errors;

  /** Room for so many rows. */
  public Codes(int capacity, int dimension) {
    this.stride = CodeDots.stride(dimension);
    this.rows = Arena.ofAuto().allocate((long) capacity * stride, CodeDots.LINE);
    this.steps = new float[capacity];
    this.errors = new float[capacity];
  }

  /** Codes a row that no reader can see yet. */
  public void fill(int row, float[] vector) {
    float step = step(vector, CodeDots.ROW_RANGE);
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      int code = Math.round(vector[i] / step);
      double error = vector[i] - (double) step * code;
      squares += error * error;
      rows.set(ValueLayout.JAVA_BYTE, (long) row * stride + i, (byte) code);
    }
    steps[row] = step;
    errors[row] = Math.nextUp((float) Math.sqrt(squares));
  }

  /** The step at which the largest coordinate becomes the largest code. */
  private static float step(float[] vector, int range) {
    float largest = Float.MIN_NORMAL;
    for (float coordinate : vector) {
      largest = Math.max(largest, Math.abs(coordinate));
    }
    return largest / range;
  }

  /**
   * Bounds the similarities of the first rows to a probe.
   *
   * @param products scratch space
   * @param out receives for each row what its exact product does not exceed
   */
  public void bound(int count, Probe probe, CodeDots dots, int[] products, float[] out) {
    dots.multiply(rows, count, probe.codes, products);
    for (int row = 0; row < count; row++) {
      double coded = (double) steps[row] * probe.step * products[row];
      double error = errors[row] * NORM + (NORM + errors[row]) * probe.error;
      out[row] = (float) (coded + error + ROUNDING);
    }
  }

  /** A probe in coded form. */
  public static final class Probe {
    private final short[] codes;
    private final double step;
    private final double error;

    /** Codes a template's vector. */
    public Probe(float[] vector) {
      this.codes = new short[CodeDots.stride(vector.length)];
      this.step = Codes.step(vector, CodeDots.PROBE_RANGE);
      double squares = 0;
      for (int i = 0; i < vector.length; i++) {
        codes[i] = (short) Math.rint(vector[i] / step);
        double missing = vector[i] - step * codes[i];
        squares += missing * missing;
      }
      this.error = Math.sqrt(squares);
    }
  }

  /** What the codes take. */
  public long bytes() {
    return rows.byteSize() + 8L * steps.length;
  }
}
