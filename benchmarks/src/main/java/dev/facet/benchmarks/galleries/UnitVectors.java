package dev.facet.benchmarks.galleries;

import java.util.random.RandomGenerator;

/** Random vectors of norm 1, as embeddings have them. */
public final class UnitVectors {

  private UnitVectors() {}

  /**
   * Returns a vector with a uniformly distributed direction: normal coordinates, divided by their
   * norm.
   *
   * @param dimension the number of coordinates, at least 1
   */
  public static float[] random(int dimension, RandomGenerator random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return normalise(vector);
  }

  /**
   * Divides a vector by its norm, in place.
   *
   * @return the same array
   */
  public static float[] normalise(float[] vector) {
    float norm = (float) Math.sqrt(dotProduct(vector, vector));
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= norm;
    }
    return vector;
  }

  /** Returns the dot product of two vectors of one dimension, summed in double precision. */
  public static double dotProduct(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
