package dev.facet.core.embeddings;

import dev.facet.core.faults.InvalidRequest;
import java.util.regex.Pattern;

/**
 * The model that made a client's embeddings, such as {@code FACE3_3}. Embeddings of different
 * versions mean nothing to each other, so each has a gallery of its own.
 *
 * @param value {@code [A-Z]+[0-9]+_[0-9]+}, at most 64 characters
 */
public record ModelVersion(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Z]+[0-9]+_[0-9]+");
  private static final int LONGEST = 64;

  /** Checks the form. */
  public ModelVersion {
    if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a version matches [A-Z]+[0-9]+_[0-9]+");
    }
  }

  /**
   * Reads what a caller sent.
   *
   * @throws InvalidRequest if it has not the form
   */
  public static ModelVersion read(String text) {
    try {
      return new ModelVersion(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("version must match [A-Z]+[0-9]+_[0-9]+.");
    }
  }
}
