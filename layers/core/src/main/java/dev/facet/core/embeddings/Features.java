package dev.facet.core.embeddings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.gallery.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The embeddings of one request, validated and normalised. The rules' faults name the property of
 * the request and the rule.
 *
 * @param templates 1..32 unit vectors of 128..512 numbers; the dimension is the same for all of a
 *     factor
 * @param identifier the request's {@code metadata.id}, 1..256 characters
 */
public record Features(List<Template> templates, @Nullable String identifier) {

  private static final int MAX_EMBEDDINGS = 32;
  private static final int MIN_NUMBERS = 128;
  private static final int MAX_NUMBERS = 512;
  private static final int MAX_FACTOR_LENGTH = 64;
  private static final int MAX_IDENTIFIER_LENGTH = 256;

  /**
   * Copies the list.
   *
   * @throws InvalidRequest if two templates of a factor differ in dimension
   */
  public Features {
    templates = List.copyOf(templates);
    requireOneDimensionPerFactor(templates);
  }

  /**
   * Checks the number of embeddings of a request.
   *
   * @throws InvalidRequest if it is not 1..32
   */
  public static void requireCount(int embeddings) {
    require(
        embeddings >= 1 && embeddings <= MAX_EMBEDDINGS, "features must hold 1..32 embeddings.");
  }

  /**
   * Checks an embedding's type and returns it.
   *
   * @throws InvalidRequest if it is not 1..64 characters or not Unicode text
   */
  public static String requireFactor(String factor) {
    require(
        !factor.isEmpty() && factor.length() <= MAX_FACTOR_LENGTH,
        "features.type must have 1..64 characters.");
    requireUnicode("features.type", factor);
    return factor;
  }

  /**
   * Checks the dimension of an embedding.
   *
   * @throws InvalidRequest if it is not 128..512
   */
  public static void requireDimension(int numbers) {
    require(
        numbers >= MIN_NUMBERS && numbers <= MAX_NUMBERS,
        "features.embedding_vector must hold 128..512 numbers.");
  }

  /**
   * Returns the normalised template of an embedding.
   *
   * @param numbers an embedding of a checked dimension
   * @throws InvalidRequest if a number is not finite, or all are zero
   */
  public static Template template(String factor, float[] numbers) {
    try {
      return Template.normalised(factor, numbers);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("features.embedding_vector must be finite and not zero.");
    }
  }

  /**
   * Checks an identifier and returns it.
   *
   * @param property the property's name in the message
   * @throws InvalidRequest if it is not 1..256 characters or not Unicode text
   */
  public static String requireIdentifier(String property, String identifier) {
    require(
        !identifier.isEmpty() && identifier.length() <= MAX_IDENTIFIER_LENGTH,
        property + " must have 1..256 characters.");
    requireUnicode(property, identifier);
    return identifier;
  }

  private static void requireOneDimensionPerFactor(List<Template> templates) {
    Map<String, Integer> dimensions = new HashMap<>();
    for (Template template : templates) {
      Integer first = dimensions.putIfAbsent(template.factor(), template.dimension());
      require(
          first == null || first == template.dimension(),
          "features.embedding_vector must have one length for each type.");
    }
  }

  /** Rejects unpaired surrogates, which are not characters and cannot be stored as UTF-8. */
  private static void requireUnicode(String property, String text) {
    require(UTF_8.newEncoder().canEncode(text), property + " must be Unicode text.");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new InvalidRequest(rule);
    }
  }
}
