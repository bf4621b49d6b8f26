package dev.facet.core.vector;

import java.lang.foreign.MemorySegment;

/**
 * Computes dot products of one probe with many rows in float32. The order of summation is fixed, so
 * that every implementation on every machine returns the same bits.
 *
 * <p>There are 16 partial sums. Sum {@code j} accumulates the coordinates {@code j, j+16, j+32, …}
 * by fused multiply-add. Then the upper half of the sums is added to the lower half until one is
 * left: 8, 4, 2, 1.
 */
public interface FloatDotProduct {

  /** Rows are padded with zeros to a multiple of this many coordinates. */
  int LANES = 16;

  /**
   * Multiplies the probe with consecutive rows.
   *
   * @param rows float32 in native order, row after row
   * @param first the index of the first row
   * @param count the number of rows
   * @param probe as long as a row, a multiple of {@link #LANES}
   * @param out receives the products, from index 0
   */
  void multiply(MemorySegment rows, long first, int count, float[] probe, float[] out);

  /** Returns the padded row length in coordinates for vectors of this dimension. */
  static int stride(int dimension) {
    return (dimension + LANES - 1) / LANES * LANES;
  }
}
