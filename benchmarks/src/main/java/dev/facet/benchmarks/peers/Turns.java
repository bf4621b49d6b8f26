package dev.facet.benchmarks.peers;

import java.util.List;
import java.util.stream.IntStream;

/** Who goes when. */
public final class Turns {

  private Turns() {}

  /**
   * All, the first one leading in turn 0, the second in turn 1: none always follows the same other.
   */
  public static <T> List<T> order(List<T> all, int turn) {
    return IntStream.range(0, all.size())
        .mapToObj(place -> all.get((place + turn) % all.size()))
        .toList();
  }
}
