package dev.facet.core.gallery;

/**
 * The rule by which a gallery's similarities are weighed: the cosine of two templates is multiplied
 * by the lesser of their norms divided by the norm that has full weight, if that is below 1. A
 * template of {@link Template#UNKNOWN_NORM} has full weight.
 *
 * <p>All arithmetic is in float32 in a fixed order, so that every machine returns the same bits.
 * Weighing is monotone: a greater norm never gives a lesser weight, and a greater cosine never a
 * lesser similarity under the same weight.
 *
 * @param fullWeightNorm the norm from which a template has full weight, or 0 if similarities are
 *     not weighed
 */
public record Weighing(float fullWeightNorm) {

  /** Leaves every cosine as it is. */
  public static final Weighing NONE = new Weighing(0);

  /** Checks the norm. */
  public Weighing {
    if (!(fullWeightNorm >= 0) || Float.isInfinite(fullWeightNorm)) {
      throw new IllegalArgumentException("not a norm of full weight: " + fullWeightNorm);
    }
  }

  /** Returns whether any similarity is weighed. */
  public boolean weighs() {
    return fullWeightNorm > 0;
  }

  /** Returns the weight of a comparison of two templates of these norms, above 0 and at most 1. */
  public float weight(float norm, float other) {
    return weighs() ? Math.min(1f, Math.min(norm, other) / fullWeightNorm) : 1f;
  }

  /** Returns the weighed similarity of two templates. */
  public float similarity(float cosine, float norm, float other) {
    return cosine * weight(norm, other);
  }
}
