package dev.facet.core.gallery;

import java.util.Arrays;

/**
 * An embedding normalised to a unit vector. Two templates are compared by their cosine similarity,
 * which for unit vectors is the dot product.
 *
 * <p>It is biometric data: {@link #toString} hides the numbers.
 *
 * @param factor the source of the embedding, such as {@code face}; only templates of the same
 *     factor are comparable
 * @param vector the coordinates, L2 norm 1 (±1e-3); not copied, must not be changed
 * @param norm the embedding's norm before it was normalised, which indicates how far the template
 *     can be trusted; {@link #UNKNOWN_NORM} for embeddings of clients and of older versions
 */
@SuppressWarnings(
    "ArrayRecordComponent") // equality compares the numbers; copies would cost every search
public record Template(String factor, float[] vector, float norm) {

  /** The norm of an embedding that came normalised, or whose norm was not kept. */
  public static final float UNKNOWN_NORM = Float.POSITIVE_INFINITY;

  /** Checks the norm. */
  public Template {
    double squares = 0;
    for (float v : vector) {
      squares += (double) v * v;
    }
    if (!(Math.abs(Math.sqrt(squares) - 1) <= 1e-3)) {
      throw new IllegalArgumentException("a template has norm 1, not " + Math.sqrt(squares));
    }
    if (!(norm > 0)) {
      throw new IllegalArgumentException("an embedding's norm is positive, not " + norm);
    }
  }

  /** Creates a template of unknown norm. */
  public Template(String factor, float[] vector) {
    this(factor, vector, UNKNOWN_NORM);
  }

  /**
   * Returns the unit vector in the direction of an embedding, without its norm.
   *
   * @throws IllegalArgumentException if the embedding is zero or not finite
   */
  public static Template normalised(String factor, float[] embedding) {
    return new Template(factor, unit(embedding, norm(embedding)));
  }

  /**
   * Returns the unit vector in the direction of an embedding, with its norm.
   *
   * @throws IllegalArgumentException if the embedding is zero or not finite
   */
  public static Template measured(String factor, float[] embedding) {
    double norm = norm(embedding);
    return new Template(factor, unit(embedding, norm), (float) norm);
  }

  private static double norm(float[] embedding) {
    double squares = 0;
    for (float v : embedding) {
      squares += (double) v * v;
    }
    double norm = Math.sqrt(squares);
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw new IllegalArgumentException("an embedding is finite and not zero");
    }
    return norm;
  }

  private static float[] unit(float[] embedding, double norm) {
    float[] unit = new float[embedding.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (embedding[i] / norm);
    }
    return unit;
  }

  /** Returns the number of coordinates. */
  public int dimension() {
    return vector.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template that
        && factor.equals(that.factor)
        && Arrays.equals(vector, that.vector)
        && Float.compare(norm, that.norm) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * factor.hashCode() + Arrays.hashCode(vector);
  }

  @Override
  public String toString() {
    return "Template[%s, %d]".formatted(factor, vector.length);
  }
}
