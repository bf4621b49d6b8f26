package dev.facet.core.vector;

import java.lang.foreign.MemorySegment;

/**
 * Computes dot products of one probe with many rows, all quantized to small integers. The products
 * are exact, so every implementation returns the same values. {@link Int8Codes} defines the
 * quantization.
 */
public interface Int8DotProduct {

  /** Rows are padded with zeros to a multiple of this many codes, which is one cache line. */
  int LINE = 64;

  /** Row codes lie in −127..127. */
  int ROW_RANGE = 127;

  /** Probe codes lie in −64..64, so that the sum of four products stays below 2^15. */
  int PROBE_RANGE = 64;

  /**
   * Multiplies the probe with consecutive rows.
   *
   * @param rows int8, row after row
   * @param count the number of rows, starting with the first
   * @param probe as long as a row, a multiple of {@link #LINE}
   * @param out receives the products, from index 0
   */
  void multiply(MemorySegment rows, int count, short[] probe, int[] out);

  /** Returns the padded row length in codes for vectors of this dimension. */
  static int stride(int dimension) {
    return (dimension + LINE - 1) / LINE * LINE;
  }
}
