package dev.facet.core.vector;

import java.lang.foreign.MemorySegment;

/**
 * Dot products of one probe with many rows, both in small integers: exact, so every implementation
 * returns the same. See {@link Codes} for what they stand for.
 */
public interface CodeDots {

  /** Rows are padded with zeros to a multiple of this many codes: a cache line. */
  int LINE = 64;

  /** A row's codes are −127..127. */
  int ROW_RANGE = 127;

  /** A probe's codes are −64..64, so that four products add up to less than 2^15. */
  int PROBE_RANGE = 64;

  /**
   * Multiplies the probe with consecutive rows.
   *
   * @param rows int8, row after row
   * @param count how many rows, from the first on
   * @param probe as long as a row, a multiple of {@link #LINE}
   * @param out receives the products, from index 0
   */
  void multiply(MemorySegment rows, int count, short[] probe, int[] out);

  /** The number of codes of a row that holds a vector of this dimension. */
  static int stride(int dimension) {
    return (dimension + LINE - 1) / LINE * LINE;
  }
}
