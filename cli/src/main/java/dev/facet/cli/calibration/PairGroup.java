package dev.facet.cli.calibration;

import java.util.Arrays;

/**
 * All comparisons between the photos of two people, or among the photos of one. Such comparisons
 * depend on each other (a pair of look-alikes stays one on every photo), so the people are the unit
 * that is resampled and split, never a single comparison.
 *
 * <p>{@link #fisherSum} and {@link #fisherSquares} are all that the impostor model needs of the
 * group.
 */
final class PairGroup {

  /** Keeps two copies of one photo from an infinite Fisher z. */
  private static final double NEARLY_ONE = 1 - 1e-6;

  final int first;
  final int second;
  final double fisherSum;
  final double fisherSquares;
  private final double[] ascending;

  /**
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

  /** Fisher's z-transform of a correlation: ½ ln((1 + r) / (1 − r)). */
  static double fisher(double similarity) {
    double r = Math.clamp(similarity, -NEARLY_ONE, NEARLY_ONE);
    return 0.5 * Math.log((1 + r) / (1 - r));
  }

  int size() {
    return ascending.length;
  }

  /** How many comparisons reach a similarity. */
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

  /** The similarities, ascending; never to be changed. */
  double[] similarities() {
    return ascending;
  }
}
