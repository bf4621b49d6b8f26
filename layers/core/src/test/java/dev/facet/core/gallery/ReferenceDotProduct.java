package dev.facet.core.gallery;

import dev.facet.core.vector.FloatDotProduct;

/**
 * The dot product in the order that {@link FloatDotProduct} prescribes, written as its
 * documentation says.
 */
public final class ReferenceDotProduct {

  private ReferenceDotProduct() {}

  public static float dot(float[] x, float[] y) {
    float[] sums = new float[16];
    for (int i = 0; i < x.length; i++) {
      sums[i % 16] = Math.fma(x[i], y[i], sums[i % 16]);
    }
    for (int half : new int[] {8, 4, 2, 1}) {
      for (int j = 0; j < half; j++) {
        sums[j] = sums[j] + sums[j + half];
      }
    }
    return sums[0];
  }
}
