package dev.facet.cli.calibration;

import java.util.Arrays;

/**
 * All comparisons between the photos of two people, or among the photos of one. Such comparisons
 * are dependent (two look-alikes are similar on every photo), so resampling and splitting work on
 * people, never on single comparisons.
 *
 * <p>The impostor model needs only {@link #fisherSum} and {@link #fisherSquares} of the group.
 */
final class PairGroup {

  /** Bounds the cosine: two copies of one photo would have an infinite Fisher z. */
  private static final double NEARLY_ONE = 1 - 1e-6;

  final int first;
  final int second;
  final double fisherSum;
  final double fisherSquares;
  private final double[] ascending;

  /**
   * Creates a group.
   *
   * @param first index of a person
   * @param second index of a person; the same for genuine comparisons
   * @param similarities cosines, at least one, in any order
   */
  PairGroup(int first, int second, double[] similarities) {
    this.first = first;
    this.second = second;
    this.ascending = similarities.clone();
    Arrays.sort(ascending);
    double sum = 0;
    double squares = 0;
    for (double similarity : ascending) {
      double z = fisher(similarity);
      sum += z;
      squares += z * z;
    }
    this.fisherSum = sum;
    this.fisherSquares = squares;
  }

  /** Returns Fisher's z-transform of a correlation: ½ ln((1 + r) / (1 − r)). */
  static double fisher(double similarity) {
    double r = Math.clamp(similarity, -NEARLY_ONE, NEARLY_ONE);
    return 0.5 * Math.log((1 + r) / (1 - r));
  }

  int size() {
    return ascending.length;
  }

  /** Returns the number of comparisons that reach a similarity. */
  int atLeast(double similarity) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] >= similarity) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return ascending.length - low;
  }

  /** Returns the similarities in ascending order; callers must not modify the array. */
  double[] similarities() {
    return ascending;
  }
}
