package dev.facet.core.vector;

import java.lang.foreign.MemorySegment;

/**
 * Dot products of one probe with many rows, in float32 and in one fixed order, so that every
 * implementation on every machine returns the same bits.
 *
 * <p>The order: 16 partial sums, of which number {@code j} takes the coordinates {@code j, j+16,
 * j+32, …} by fused multiply-add; then halves are added onto each other: 8, 4, 2, 1.
 */
public interface Dots {

  /** Rows are padded with zeros to a multiple of this many coordinates. */
  int LANES = 16;

  /**
   * Multiplies the probe with consecutive rows.
   *
   * @param rows float32 in native order, row after row
   * @param first the first row
   * @param count how many rows
   * @param probe as long as a row, a multiple of {@link #LANES}
   * @param out receives the products, from index 0
   */
  void multiply(MemorySegment rows, long first, int count, float[] probe, float[] out);

  /** The number of coordinates of a row that holds a vector of this dimension. */
  static int stride(int dimension) {
    return (dimension + LANES - 1) / LANES * LANES;
  }
}
