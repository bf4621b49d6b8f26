package dev.facet.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The scalar implementation of {@link FloatDotProduct}, and the reference for the other ones. */
final class ScalarFloatDotProduct implements FloatDotProduct {

  @Override
  public void multiply(MemorySegment rows, long first, int count, float[] probe, float[] out) {
    float[] sums = new float[LANES];
    for (int row = 0; row < count; row++) {
      long start = (first + row) * probe.length;
      Arrays.fill(sums, 0);
      for (int i = 0; i < probe.length; i++) {
        float x = rows.getAtIndex(ValueLayout.JAVA_FLOAT, start + i);
        sums[i % LANES] = Math.fma(x, probe[i], sums[i % LANES]);
      }
      for (int half = LANES / 2; half > 0; half /= 2) {
        for (int j = 0; j < half; j++) {
          sums[j] += sums[j + half];
        }
      }
      out[row] = sums[0];
    }
  }
}
