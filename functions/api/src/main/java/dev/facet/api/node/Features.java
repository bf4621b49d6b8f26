package dev.facet.api.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.gallery.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The embeddings of one request, validated and normalised.
 *
 * @param templates 1..32 unit vectors of 128..512 numbers; the dimension is the same for all of a
 *     factor
 * @param identifier the request's {@code metadata.id}, 1..256 characters
 */
public record Features(List<Template> templates, @Nullable String identifier) {

  private static final int MAX_EMBEDDINGS = 32;
  private static final int MIN_NUMBERS = 128;
  private static final int MAX_NUMBERS = 512;
  private static final int MAX_TYPE_LENGTH = 64;
  private static final int MAX_IDENTIFIER_LENGTH = 256;

  /** Copies the list. */
  public Features {
    templates = List.copyOf(templates);
  }

  /**
   * Parses features in all forms that clients send: {@code {"features":[…], "metadata":{"id":…}}},
   * a bare array of embeddings, or a single {@code {"type":…, "embedding_vector":[…]}}.
   *
   * @throws InvalidRequest if a rule is broken; the message names the property and the rule
   */
  public static Features parse(JsonNode json) {
    JsonNode list = json.isObject() && json.has("features") ? json.get("features") : json;
    List<JsonNode> embeddings = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(embeddings::add);
    } else {
      embeddings.add(list);
    }
    require(
        !embeddings.isEmpty() && embeddings.size() <= MAX_EMBEDDINGS,
        "features must hold 1..32 embeddings.");
    List<Template> templates = embeddings.stream().map(Features::template).toList();
    requireOneDimensionPerFactor(templates);
    return new Features(templates, identifier(json.get("metadata")));
  }

  /**
   * Parses {@code metadata}.
   *
   * @param metadata the property; null if it is absent
   * @return its id; null if it is absent
   * @throws InvalidRequest if it is not an object, or its id is not 1..256 characters
   */
  public static @Nullable String identifier(@Nullable JsonNode metadata) {
    if (metadata == null || metadata.isNull()) {
      return null;
    }
    require(metadata.isObject(), "metadata must be an object.");
    JsonNode id = metadata.get("id");
    if (id == null || id.isNull()) {
      return null;
    }
    require(id.isTextual(), "metadata.id must be a string.");
    return requireIdentifier("metadata.id", id.textValue());
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

  private static Template template(JsonNode embedding) {
    require(embedding.isObject(), "features must be objects with type and embedding_vector.");
    JsonNode type = embedding.get("type");
    require(type != null && type.isTextual(), "features.type must be a string.");
    String factor = type.textValue();
    require(
        !factor.isEmpty() && factor.length() <= MAX_TYPE_LENGTH,
        "features.type must have 1..64 characters.");
    requireUnicode("features.type", factor);
    try {
      return Template.normalised(factor, numbers(embedding.get("embedding_vector")));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("features.embedding_vector must be finite and not zero.");
    }
  }

  private static float[] numbers(@Nullable JsonNode vector) {
    if (vector == null || !vector.isArray()) {
      throw new InvalidRequest("features.embedding_vector must be an array of numbers.");
    }
    require(
        vector.size() >= MIN_NUMBERS && vector.size() <= MAX_NUMBERS,
        "features.embedding_vector must hold 128..512 numbers.");
    float[] numbers = new float[vector.size()];
    for (int i = 0; i < numbers.length; i++) {
      require(vector.get(i).isNumber(), "features.embedding_vector must be an array of numbers.");
      numbers[i] = vector.get(i).floatValue();
    }
    return numbers;
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
