package dev.facet.core.embeddings;

/**
 * How near is the same person, for one version and factor. Distances are Euclidean between unit
 * vectors, 0..2; two at most this far apart match. With cosine similarity s the distance is √(2 −
 * 2s).
 *
 * @param predict the largest distance at which a probe is recognised
 * @param duplicate the largest distance at which an enrolment is one of a subject already there; at
 *     most {@code predict}
 * @param consensus which embeddings of a request to trust
 */
public record Matching(double predict, double duplicate, Consensus consensus) {

  /** What holds unless a deployment says otherwise: predict 1.00, duplicate 0.90, consensus 0.8. */
  public static final Matching DEFAULT = new Matching(1.00, 0.90, new Consensus(0.8));

  /** Checks the ranges. */
  public Matching {
    if (!(duplicate >= 0 && duplicate <= predict && predict <= 2)) {
      throw new IllegalArgumentException(
          "distances must be 0 <= duplicate <= predict <= 2, not %s and %s"
              .formatted(duplicate, predict));
    }
  }
}
