package dev.facet.benchmarks.peers;

import java.util.List;
import java.util.stream.IntStream;

/** The order of contenders. */
public final class Turns {

  private Turns() {}

  /** Returns all contenders in rotation: the first one leads in turn 0, the second in turn 1. */
  public static <T> List<T> order(List<T> all, int turn) {
    return IntStream.range(0, all.size())
        .mapToObj(place -> all.get((place + turn) % all.size()))
        .toList();
  }
}
