package dev.facet.cli.calibration;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A model of impostor similarities, which extrapolates false match rates beyond the range of a
 * sample: Fisher's z of the cosine is assumed to be normally distributed.
 *
 * <p>The reason for this model: cosines of unrelated unit vectors that vary in d directions have
 * variance 1/d and excess kurtosis −6/(d+2), and their Fisher z is normal to within the next order
 * (R. A. Fisher, "On the 'probable error' of a coefficient of correlation", Metron 1, 1921). The
 * default bundle's impostors have variance 1/82 and excess kurtosis −0.05; the formula gives −0.07.
 * The usual alternative, a generalised Pareto distribution over a high threshold, depends on only
 * the few most similar pairs of people and takes the sample's edge for the population's. Fitted to
 * five of ten people at an FMR of 1e-4, it admitted the other five ten times as often; this model
 * 1.2 times. The model is wrong where similarities are a mixture, for example of ages or origins.
 *
 * @param mean the mean of Fisher's z
 * @param deviation the standard deviation of Fisher's z, &gt; 0
 */
record ImpostorTail(double mean, double deviation) {

  /** The model's name in reports and tables. */
  static final String NAME = "normal distribution of Fisher's z";

  ImpostorTail {
    if (!(Double.isFinite(mean) && deviation > 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException(
          "mean: must be finite; deviation: must be finite and greater than 0");
    }
  }

  /** Fits the model to impostor comparisons by the method of moments. */
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
   * Returns the model for given sums over Fisher's z.
   *
   * @param n the number of comparisons, or their total weight
   */
  static ImpostorTail ofMoments(double n, double sum, double squares) {
    double mean = sum / n;
    return new ImpostorTail(mean, Math.sqrt(squares / n - mean * mean));
  }

  /** Returns the rate at which photos of two people reach a similarity. */
  double falseMatchRate(double similarity) {
    return distribution().survivalProbability(PairGroup.fisher(similarity));
  }

  /** Returns the similarity that photos of two people reach at this rate, 0 &lt; rate &lt; 1. */
  double similarity(double falseMatchRate) {
    return Math.tanh(distribution().inverseSurvivalProbability(falseMatchRate));
  }

  private NormalDistribution distribution() {
    return NormalDistribution.of(mean, deviation);
  }
}
