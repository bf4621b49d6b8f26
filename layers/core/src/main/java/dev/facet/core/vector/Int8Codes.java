package dev.facet.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/**
 * A quantized copy of a block's rows in a quarter of the memory. Its int8 codes give an upper bound
 * on each row's similarity to a probe. A search computes the exact product only if the bound does
 * not rule the row out; the bound never rules out a row that belongs to the result.
 *
 * <p>A row x is quantized to s·c: c holds the coordinates of x in steps of s, rounded to −127..127.
 * A probe q is quantized to t·d in the same way, with codes in −64..64. With the errors e = x − s·c
 * and f = q − t·d, x·q = s·t·(c·d) + (s·c)·f + e·q. By the Cauchy-Schwarz inequality the last two
 * terms are at most |s·c||f| + |e||q|. Both error norms are computed at quantization; c·d is exact.
 */
public final class Int8Codes {

  /** An upper bound on a template's norm, and on the norm of its quantized form minus its error. */
  private static final double NORM = 1.01;

  /** A float's relative rounding error, with room for the errors of this bound itself. */
  private static final double UNIT_ROUNDOFF = 0x1.01p-24;

  /** The bound for up to 2048 coordinates. */
  private static final double MIN_ROUNDING = 1e-5;

  private final MemorySegment rows;
  private final int stride;
  private final float[] steps;
  private final float[] errors;
  private final double rounding;

  /** Allocates space for a number of rows in {@code memory}. */
  public Int8Codes(int capacity, int dimension, SegmentAllocator memory) {
    this.stride = Int8DotProduct.stride(dimension);
    this.rows = memory.allocate((long) capacity * stride, Int8DotProduct.LINE);
    this.steps = new float[capacity];
    this.errors = new float[capacity];
    this.rounding = rounding(dimension);
  }

  /**
   * Returns an upper bound on the rounding error of an exact product. Each coordinate takes part in
   * one of {@link FloatDotProduct}'s sums and in four additions of sums, so it is rounded at most
   * dimension/16 + 5 times.
   */
  static double rounding(int dimension) {
    int roundings = FloatDotProduct.stride(dimension) / FloatDotProduct.LANES + 5;
    return Math.max(MIN_ROUNDING, roundings * UNIT_ROUNDOFF * NORM * NORM);
  }

  /** Quantizes a row that no reader can see yet. */
  public void fill(int row, float[] vector) {
    float step = step(vector, Int8DotProduct.ROW_RANGE);
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

  /** Returns the step that maps the largest coordinate to the largest code. */
  private static float step(float[] vector, int range) {
    float largest = Float.MIN_NORMAL;
    for (float coordinate : vector) {
      largest = Math.max(largest, Math.abs(coordinate));
    }
    return largest / range;
  }

  /**
   * Computes upper bounds on the similarities of the first rows to a probe.
   *
   * @param products scratch space
   * @param out receives for each row an upper bound on its exact product
   */
  public void bound(int count, Probe probe, Int8DotProduct dots, int[] products, float[] out) {
    dots.multiply(rows, count, probe.codes, products);
    for (int row = 0; row < count; row++) {
      double coded = (double) steps[row] * probe.step * products[row];
      double error = errors[row] * NORM + (NORM + errors[row]) * probe.error;
      out[row] = (float) (coded + error + rounding);
    }
  }

  /** A quantized probe. */
  public static final class Probe {
    private final short[] codes;
    private final double step;
    private final double error;

    /** Quantizes a template's vector. */
    public Probe(float[] vector) {
      this.codes = new short[Int8DotProduct.stride(vector.length)];
      this.step = Int8Codes.step(vector, Int8DotProduct.PROBE_RANGE);
      double squares = 0;
      for (int i = 0; i < vector.length; i++) {
        codes[i] = (short) Math.rint(vector[i] / step);
        double missing = vector[i] - step * codes[i];
        squares += missing * missing;
      }
      this.error = Math.sqrt(squares);
    }
  }

  /** Returns the size in bytes of a row's codes. */
  public static long offHeapBytesPerRow(int dimension) {
    return Int8DotProduct.stride(dimension);
  }

  /** Returns the size in bytes of a row's codes, step and error. */
  public static long bytesPerRow(int dimension) {
    return offHeapBytesPerRow(dimension) + 2L * Float.BYTES;
  }
}
