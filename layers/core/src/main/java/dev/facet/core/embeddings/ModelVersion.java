package dev.facet.core.embeddings;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.util.regex.Pattern;

/**
 * The model that produced a client's embeddings, such as {@code FACE3_3}. Embeddings of different
 * versions are not comparable, so each version has a separate gallery.
 *
 * @param value {@code [A-Z]+[0-9]+_[0-9]+}, at most 64 characters
 */
public record ModelVersion(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Z]+[0-9]+_[0-9]+");
  private static final int MAX_LENGTH = 64;

  /** Checks the form. */
  public ModelVersion {
    if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a version matches [A-Z]+[0-9]+_[0-9]+");
    }
  }

  /**
   * Parses a version that a caller sent.
   *
   * @throws InvalidRequest if the form is wrong
   */
  public static ModelVersion parse(String text) {
    try {
      return new ModelVersion(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("version must match [A-Z]+[0-9]+_[0-9]+.");
    }
  }
}
