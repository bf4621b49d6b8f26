package dev.facet.cli.calibration;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Computes error rates of comparisons and their bootstrap intervals over people. */
final class Measurement {

  private final PairSet comparisons;
  private final SubjectBootstrap bootstrap;

  Measurement(PairSet comparisons, SubjectBootstrap bootstrap) {
    this.comparisons = comparisons;
    this.bootstrap = bootstrap;
  }

  /**
   * Returns the error rates of a threshold, counted on the comparisons and predicted by a model.
   */
  OperatingPoint at(String name, double similarity, ImpostorTail model) {
    return new OperatingPoint(
        name,
        similarity,
        falseMatches(similarity),
        model.falseMatchRate(similarity),
        tailInterval(tail -> tail.falseMatchRate(similarity)),
        falseNonMatches(similarity));
  }

  /** Returns the FMR: impostor pairs at or above the threshold. */
  ErrorRate falseMatches(double similarity) {
    return rate(comparisons.impostor(), group -> group.atLeast(similarity));
  }

  /** Returns the FNMR: genuine pairs below the threshold. */
  ErrorRate falseNonMatches(double similarity) {
    return rate(comparisons.genuine(), group -> group.size() - group.atLeast(similarity));
  }

  /** Returns the bootstrap interval of a statistic of the impostor model. */
  ValueRange tailInterval(ToDoubleFunction<ImpostorTail> statistic) {
    return bootstrap.interval(draw -> withTail(draw, statistic));
  }

  /** Returns the bootstrap interval of the FNMR at the model's similarity for an FMR. */
  ValueRange falseNonMatchIntervalAt(double falseMatchRate) {
    return bootstrap.interval(
        draw ->
            withTail(
                draw,
                tail -> {
                  double similarity = tail.similarity(falseMatchRate);
                  return weighted(
                      comparisons.genuine(),
                      draw,
                      group -> group.size() - group.atLeast(similarity));
                }));
  }

  private ErrorRate rate(List<PairGroup> groups, ToIntFunction<PairGroup> errors) {
    int total = Math.toIntExact(groups.stream().mapToLong(errors::applyAsInt).sum());
    return ErrorRate.of(
        total, PairSet.size(groups), bootstrap.interval(draw -> weighted(groups, draw, errors)));
  }

  /**
   * Returns a statistic of the impostor model of one draw. It is NaN for a draw of one person,
   * which has no impostor pairs, and for a draw without variance, such as one of a single pair.
   */
  private double withTail(int[] draw, ToDoubleFunction<ImpostorTail> statistic) {
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (PairGroup group : comparisons.impostor()) {
      double weight = SubjectBootstrap.weight(group, draw);
      n += weight * group.size();
      sum += weight * group.fisherSum;
      squares += weight * group.fisherSquares;
    }
    double mean = sum / n;
    return squares / n > mean * mean
        ? statistic.applyAsDouble(ImpostorTail.ofMoments(n, sum, squares))
        : Double.NaN;
  }

  private static double weighted(
      List<PairGroup> groups, int[] draw, ToIntFunction<PairGroup> errors) {
    double wrong = 0;
    double all = 0;
    for (PairGroup group : groups) {
      int weight = SubjectBootstrap.weight(group, draw);
      if (weight > 0) {
        wrong += (double) weight * errors.applyAsInt(group);
        all += (double) weight * group.size();
      }
    }
    return wrong / all;
  }
}
