package dev.facet.cli.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Confidence intervals that respect the dependence among comparisons, by a bootstrap over people:
 * people are resampled with replacement, and the weight of a group of comparisons is how often its
 * people were drawn (R. M. Bolle et al., "Error analysis of pattern recognition systems: the
 * subsets bootstrap", Computer Vision and Image Understanding 93, 2004).
 *
 * <p>With few people the interval itself is uncertain. Without errors it gives no bound on the
 * error rate, so reports show the exact binomial interval beside it.
 */
final class SubjectBootstrap {

  private static final double[] PERCENTILES_95 = {0.025, 0.975};

  private final List<int[]> draws;

  /**
   * Draws the replicates.
   *
   * @param people the number of people
   * @param chosen the indices of the people that take part
   * @param replicates the number of draws
   */
  SubjectBootstrap(int people, List<Integer> chosen, int replicates, RandomGenerator random) {
    List<int[]> drawn = new ArrayList<>(replicates);
    for (int r = 0; r < replicates; r++) {
      int[] weights = new int[people];
      for (int i = 0; i < chosen.size(); i++) {
        weights[chosen.get(random.nextInt(chosen.size()))]++;
      }
      drawn.add(weights);
    }
    this.draws = List.copyOf(drawn);
  }

  /**
   * Returns the middle 95 % of a statistic over the draws.
   *
   * @param statistic a function of the number of times each person was drawn; NaN if it is
   *     undefined for a draw
   */
  ValueRange interval(ToDoubleFunction<int[]> statistic) {
    double[] values =
        draws.parallelStream().mapToDouble(statistic).filter(v -> !Double.isNaN(v)).toArray();
    if (values.length == 0) {
      return ValueRange.UNKNOWN;
    }
    double[] ends = Quantile.withDefaults().evaluate(values, PERCENTILES_95);
    return new ValueRange(ends[0], ends[1]);
  }

  /** Returns the weight of a group in a draw. */
  static int weight(PairGroup group, int[] draw) {
    return group.first == group.second ? draw[group.first] : draw[group.first] * draw[group.second];
  }
}
