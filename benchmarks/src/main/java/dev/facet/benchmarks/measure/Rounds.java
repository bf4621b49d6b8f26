package dev.facet.benchmarks.measure;

import java.util.List;

/**
 * The number of rounds, the only argument of most benchmarks.
 *
 * @param meaning a noun phrase for one or several rounds
 * @param byDefault the number without an argument, at least 1
 */
public record Rounds(String meaning, int byDefault) {

  /** Returns the line for {@link Benchmark#usage}. */
  public String usage() {
    return "[ROUNDS]  %s; default %d".formatted(meaning, byDefault);
  }

  /**
   * Returns the number of rounds.
   *
   * @param arguments one number of at least 1, or none
   * @throws InvalidArguments for anything else
   */
  public int parse(List<String> arguments) {
    if (arguments.isEmpty()) {
      return byDefault;
    }
    if (arguments.size() > 1) {
      throw new InvalidArguments("unexpected argument " + arguments.get(1));
    }
    try {
      int rounds = Integer.parseInt(arguments.getFirst());
      if (rounds >= 1) {
        return rounds;
      }
    } catch (NumberFormatException e) {
      // reported below with the other invalid values
    }
    throw new InvalidArguments(
        "ROUNDS must be an integer of at least 1, not " + arguments.getFirst());
  }
}
