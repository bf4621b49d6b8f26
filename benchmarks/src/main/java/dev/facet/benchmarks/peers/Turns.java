package dev.facet.benchmarks.peers;

import java.util.List;
import java.util.stream.IntStream;

/** The order of contenders. */
public final class Turns {

  private Turns() {}

  /**
   * Returns all contenders in the order of a turn. Each turn another contender leads, and the
   * direction alternates, so that no contender always follows the same neighbour: the previous
   * contender leaves warm caches and a warm processor. Of 2n turns of n contenders, each contender
   * leads two, one in each direction.
   *
   * @param turn the number of the turn; may be negative
   */
  public static <T> List<T> order(List<T> contenders, int turn) {
    int count = contenders.size();
    // with an even count, the turn's parity alone would give each leader one direction for ever
    int reversals = count % 2 == 0 ? turn + Math.floorDiv(turn, count) : turn;
    int step = Math.floorMod(reversals, 2) == 0 ? 1 : -1;
    return IntStream.range(0, count)
        .mapToObj(place -> contenders.get(Math.floorMod(turn + step * place, count)))
        .toList();
  }
}
