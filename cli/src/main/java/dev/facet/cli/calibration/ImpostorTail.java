package dev.facet.cli.calibration;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The model of impostor similarities by which false match rates are told that no sample of this
 * size can show: Fisher's z of the cosine is taken as normally distributed.
 *
 * <p>Why this one. Cosines of unrelated unit vectors that vary in d directions have variance 1/d
 * and excess kurtosis −6/(d+2), and their Fisher z is normal to within the next order (R. A.
 * Fisher, "On the 'probable error' of a coefficient of correlation", Metron 1, 1921). The default
 * bundle's impostors have variance 1/82 and excess kurtosis −0.05, where −0.07 follows. The usual
 * alternative, a generalised Pareto distribution over a high threshold, sees only the few most
 * alike pairs of people and takes the sample's edge for the population's: fitted to five people of
 * ten where it promised 1e-4, it let the other five through ten times as often; this model 1.2
 * times. It errs where similarities are a mixture, of ages or origins, say.
 *
 * @param mean of Fisher's z
 * @param deviation of Fisher's z, &gt; 0
 */
record ImpostorTail(double mean, double deviation) {

  /** What the output calls the model. */
  static final String NAME = "normal distribution of Fisher's z";

  ImpostorTail {
    if (!(Double.isFinite(mean) && deviation > 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException("impostor similarities vary, and so does a model of them");
    }
  }

  /** Fits the model to impostor comparisons by moments. */
  static ImpostorTail fit(List<PairGroup> impostor) {
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (PairGroup group : impostor) {
      n += group.size();
      sum += group.fisherSum;
      squares += group.fisherSquares;
    }
    return ofMoments(n, sum, squares);
  }

  /**
   * The model with given sums over Fisher's z.
   *
   * @param n how many comparisons, or their weight
   */
  static ImpostorTail ofMoments(double n, double sum, double squares) {
    double mean = sum / n;
    return new ImpostorTail(mean, Math.sqrt(squares / n - mean * mean));
  }

  /** The rate at which two people's photos reach a similarity. */
  double falseMatchRate(double similarity) {
    return distribution().survivalProbability(PairGroup.fisher(similarity));
  }

  /** The similarity that two people's photos reach at this rate, 0 &lt; rate &lt; 1. */
  double similarity(double falseMatchRate) {
    return Math.tanh(distribution().inverseSurvivalProbability(falseMatchRate));
  }

  private NormalDistribution distribution() {
    return NormalDistribution.of(mean, deviation);
  }
}
