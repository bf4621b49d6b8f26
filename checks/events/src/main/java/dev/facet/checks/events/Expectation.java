package dev.facet.checks.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.local.data.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response that the contract requires from a function for an event. Of objects, only the
 * properties that the expectation names are compared; {@code "*"} matches any value.
 *
 * @param event a file in {@code events/}, without its suffix
 * @param function its name in {@code openapi.yaml}, or the name of a function outside the API
 * @param status the status, for a function of the API
 * @param body properties of the body, for a function of the API
 * @param reply properties of the whole response, for another function
 */
record Expectation(
    String event,
    String function,
    @Nullable Integer status,
    @Nullable JsonNode body,
    @Nullable JsonNode reply) {

  private static final String ANYTHING = "*";

  /** Returns the first difference of a response; empty if it matches. */
  Optional<String> mismatch(byte[] answer) {
    try {
      JsonNode read = Json.MAPPER.readTree(answer);
      if (reply != null) {
        return mismatch("reply", reply, read);
      }
      if (status == null || read.path("statusCode").asInt() != status) {
        return Optional.of("status %s, not %s".formatted(read.path("statusCode"), status));
      }
      return body == null
          ? Optional.empty()
          : mismatch("body", body, Json.MAPPER.readTree(read.path("body").asText()));
    } catch (IOException e) {
      return Optional.of("no JSON");
    }
  }

  private static Optional<String> mismatch(String where, JsonNode expected, JsonNode found) {
    if (!expected.isObject()) {
      boolean fits =
          expected.equals(found) || (expected.asText().equals(ANYTHING) && !found.isMissingNode());
      return fits
          ? Optional.empty()
          : Optional.of("%s is %s, not %s".formatted(where, found, expected));
    }
    for (Map.Entry<String, JsonNode> property : expected.properties()) {
      Optional<String> mismatch =
          mismatch(
              where + "." + property.getKey(), property.getValue(), found.path(property.getKey()));
      if (mismatch.isPresent()) {
        return mismatch;
      }
    }
    return Optional.empty();
  }
}
