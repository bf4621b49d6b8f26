package dev.facet.core.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which faces a bundle can compare at all, as its calibration found. Embeddings of other faces
 * (smeared, covered, or no faces) lie close together, so that strangers would match.
 *
 * @param fullWeightNorm the norm of an embedding, before normalisation, from which a template has
 *     full weight; a similarity is multiplied by the lesser norm of its two templates divided by
 *     this number, if that is below 1. Absent if the bundle does not weigh similarities
 * @param lookAgainNorm the norm below which a face is looked at in other orientations too
 * @param minNorm the least norm of a measurable face
 * @param minDirectionalSharpness the least directional sharpness of a measurable face, 0..1: the
 *     ratio of the least to the greatest sharpness among the directions of its aligned picture
 * @param quality the probability that a mated comparison reaches a score of 7000, by the norm; in
 *     between it is interpolated, beyond the ends constant
 */
public record Measurability(
    @Nullable Double fullWeightNorm,
    double lookAgainNorm,
    double minNorm,
    double minDirectionalSharpness,
    List<QualityPoint> quality) {

  /** Checks the ranges. */
  public Measurability {
    Rules.require(
        fullWeightNorm == null || fullWeightNorm > 0,
        "measurability.fullWeightNorm must be positive");
    Rules.require(minNorm >= 0, "measurability.minNorm must not be negative");
    Rules.require(lookAgainNorm >= 0, "measurability.lookAgainNorm must not be negative");
    Rules.fraction(minDirectionalSharpness, "measurability.minDirectionalSharpness");
    Rules.require(
        quality != null && !quality.isEmpty(),
        "measurability.quality must have at least one point");
    quality = List.copyOf(quality);
    for (int i = 1; i < quality.size(); i++) {
      QualityPoint low = quality.get(i - 1);
      QualityPoint high = quality.get(i);
      Rules.require(
          low.norm() < high.norm() && low.probability() <= high.probability(),
          "measurability.quality must increase");
    }
  }

  /** Returns the probability that a mated comparison of a face with this norm succeeds. */
  public double quality(double norm) {
    QualityPoint low = quality.getFirst();
    for (QualityPoint high : quality) {
      if (norm <= high.norm()) {
        double width = high.norm() - low.norm();
        double part = width > 0 ? Math.max(0, (norm - low.norm()) / width) : 0;
        return low.probability() + part * (high.probability() - low.probability());
      }
      low = high;
    }
    return low.probability();
  }

  /**
   * A point of the quality's curve.
   *
   * @param norm the norm of an embedding before normalisation
   * @param probability 0..1
   */
  public record QualityPoint(double norm, double probability) {
    /** Checks the ranges. */
    public QualityPoint {
      Rules.require(norm >= 0, "measurability.quality.norm must not be negative");
      Rules.fraction(probability, "measurability.quality.probability");
    }
  }
}
