package dev.facet.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The scalar implementation of {@link Int8DotProduct}. */
final class ScalarInt8DotProduct implements Int8DotProduct {

  @Override
  public void multiply(MemorySegment rows, int count, short[] probe, int[] out) {
    long at = 0;
    for (int row = 0; row < count; row++) {
      int sum = 0;
      for (short code : probe) {
        sum += code * rows.get(ValueLayout.JAVA_BYTE, at++);
      }
      out[row] = sum;
    }
  }
}
