package dev.facet.cli.calibration;

import java.util.Set;

/**
 * Counts of decisions and of wrong ones, by the two people of a comparison, or by the one person of
 * a photo. Not safe for concurrent use.
 */
final class ErrorCounts {

  private final int people;
  private final long[] errors;
  private final long[] decisions;

  /** Creates counts without decisions. */
  ErrorCounts(int people) {
    this.people = people;
    this.errors = new long[people * people];
    this.decisions = new long[people * people];
  }

  /** Adds a decision about photos of two people, or of one. */
  void add(int first, int second, boolean wrong) {
    int at = Math.min(first, second) * people + Math.max(first, second);
    decisions[at]++;
    if (wrong) {
      errors[at]++;
    }
  }

  /** Adds all decisions of other counts about the same people. */
  void addAll(ErrorCounts other) {
    for (int i = 0; i < errors.length; i++) {
      errors[i] += other.errors[i];
      decisions[i] += other.decisions[i];
    }
  }

  /** Returns the decisions in which both people are among the chosen ones. */
  ErrorCounts only(Set<Integer> chosen) {
    ErrorCounts part = new ErrorCounts(people);
    for (int first : chosen) {
      for (int second : chosen) {
        int at = first * people + second;
        part.errors[at] = errors[at];
        part.decisions[at] = decisions[at];
      }
    }
    return part;
  }

  /** Returns the share of wrong decisions with its intervals. */
  ErrorRate rate(SubjectBootstrap bootstrap) {
    return ErrorRate.of(
        Math.toIntExact(sum(errors)),
        Math.toIntExact(sum(decisions)),
        bootstrap.interval(this::weighted));
  }

  private double weighted(int[] draw) {
    double wrong = 0;
    double all = 0;
    for (int first = 0; first < people; first++) {
      for (int second = first; second < people; second++) {
        double weight = first == second ? draw[first] : (double) draw[first] * draw[second];
        wrong += weight * errors[first * people + second];
        all += weight * decisions[first * people + second];
      }
    }
    return wrong / all;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
