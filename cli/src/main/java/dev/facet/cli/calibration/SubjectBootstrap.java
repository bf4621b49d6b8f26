package dev.facet.cli.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Confidence intervals that respect the dependence among comparisons: people are drawn anew with
 * replacement, and each group of comparisons counts as often as its people were drawn (R. M. Bolle
 * et al., "Error analysis of pattern recognition systems: the subsets bootstrap", Computer Vision
 * and Image Understanding 93, 2004).
 *
 * <p>With few people it is itself uncertain, and where nobody ever errs it can't tell how often
 * somebody would: the exact binomial interval stands beside it.
 */
final class SubjectBootstrap {

  private static final double[] PERCENTILES_95 = {0.025, 0.975};

  private final List<int[]> draws;

  /**
   * @param people how many there are
   * @param chosen which of them take part, by index
   * @param replicates how often to draw
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
   * The middle 95 % of a statistic over the draws.
   *
   * @param statistic of how often each person was drawn; NaN where such a draw has none
   */
  Range interval(ToDoubleFunction<int[]> statistic) {
    double[] values =
        draws.parallelStream().mapToDouble(statistic).filter(v -> !Double.isNaN(v)).toArray();
    if (values.length == 0) {
      return Range.UNKNOWN;
    }
    double[] ends = Quantile.withDefaults().evaluate(values, PERCENTILES_95);
    return new Range(ends[0], ends[1]);
  }

  /** How often a group counts in a draw. */
  static int weight(PairGroup group, int[] draw) {
    return group.first == group.second ? draw[group.first] : draw[group.first] * draw[group.second];
  }
}
