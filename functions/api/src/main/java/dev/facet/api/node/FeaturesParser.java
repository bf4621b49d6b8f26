package dev.facet.api.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.core.embeddings.Features;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.gallery.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the features and the metadata of {@code /node} bodies. */
final class FeaturesParser {

  private FeaturesParser() {}

  /**
   * Parses features in all forms that clients send: {@code {"features":[…], "metadata":{"id":…}}},
   * a bare array of embeddings, or a single {@code {"type":…, "embedding_vector":[…]}}.
   *
   * @throws InvalidRequest if a rule is broken; the message names the property and the rule
   */
  static Features parse(JsonNode json) {
    JsonNode list = json.isObject() && json.has("features") ? json.get("features") : json;
    List<JsonNode> embeddings = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(embeddings::add);
    } else {
      embeddings.add(list);
    }
    Features.requireCount(embeddings.size());
    // faults of the features take precedence over those of the metadata
    Features features =
        new Features(embeddings.stream().map(FeaturesParser::template).toList(), null);
    return new Features(features.templates(), identifier(json.get("metadata")));
  }

  /**
   * Parses {@code metadata}.
   *
   * @param metadata the property; null if it is absent
   * @return its id; null if it is absent
   * @throws InvalidRequest if it is not an object, or its id is not 1..256 characters
   */
  static @Nullable String identifier(@Nullable JsonNode metadata) {
    if (metadata == null || metadata.isNull()) {
      return null;
    }
    require(metadata.isObject(), "metadata must be an object.");
    JsonNode id = metadata.get("id");
    if (id == null || id.isNull()) {
      return null;
    }
    require(id.isTextual(), "metadata.id must be a string.");
    return Features.requireIdentifier("metadata.id", id.textValue());
  }

  private static Template template(JsonNode embedding) {
    require(embedding.isObject(), "features must be objects with type and embedding_vector.");
    JsonNode type = embedding.get("type");
    require(type != null && type.isTextual(), "features.type must be a string.");
    String factor = Features.requireFactor(type.textValue());
    return Features.template(factor, numbers(embedding.get("embedding_vector")));
  }

  private static float[] numbers(@Nullable JsonNode vector) {
    if (vector == null || !vector.isArray()) {
      throw new InvalidRequest("features.embedding_vector must be an array of numbers.");
    }
    Features.requireDimension(vector.size());
    float[] numbers = new float[vector.size()];
    for (int i = 0; i < numbers.length; i++) {
      require(vector.get(i).isNumber(), "features.embedding_vector must be an array of numbers.");
      numbers[i] = vector.get(i).floatValue();
    }
    return numbers;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new InvalidRequest(rule);
    }
  }
}
