package dev.facet.core.embeddings;

/**
 * The match thresholds of one version and factor. Distances are Euclidean between unit vectors,
 * 0..2; two templates match at or below the threshold. With cosine similarity s the distance is √(2
 * − 2s).
 *
 * @param predict the largest distance at which a probe is recognised
 * @param duplicate the largest distance at which an enrolment joins an enrolled subject; at most
 *     {@code predict}
 * @param consensus the outlier removal for the embeddings of a request
 */
public record MatchThresholds(double predict, double duplicate, Consensus consensus) {

  /** The defaults of a deployment: predict 1.00, duplicate 0.90, consensus 0.8. */
  public static final MatchThresholds DEFAULT = new MatchThresholds(1.00, 0.90, new Consensus(0.8));

  /** Checks the ranges. */
  public MatchThresholds {
    if (!(duplicate >= 0 && duplicate <= predict && predict <= 2)) {
      throw new IllegalArgumentException(
          "distances must be 0 <= duplicate <= predict <= 2, not %s and %s"
              .formatted(duplicate, predict));
    }
  }
}
