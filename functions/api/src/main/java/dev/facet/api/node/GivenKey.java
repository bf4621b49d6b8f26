package dev.facet.api.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.core.keys.ApiKey;
import org.jspecify.annotations.Nullable;

/** The API key that a request gives in its header, in its body or in both. */
sealed interface GivenKey {

  /** Neither header nor body has a key. */
  record Missing() implements GivenKey {}

  /** Header and body differ, or the body's key is not text. */
  record Ambiguous() implements GivenKey {}

  /** One key. */
  record One(ApiKey key) implements GivenKey {}

  /**
   * Returns the key of a request; an empty text counts as absent.
   *
   * @param inHeader null if absent
   * @param inBody null if absent
   */
  static GivenKey of(@Nullable String inHeader, @Nullable JsonNode inBody) {
    if (inBody != null && !inBody.isTextual()) {
      return new Ambiguous();
    }
    String header = inHeader == null ? "" : inHeader;
    String body = inBody == null ? "" : inBody.textValue();
    if (header.isEmpty() && body.isEmpty()) {
      return new Missing();
    }
    if (header.isEmpty() || body.isEmpty() || header.equals(body)) {
      return new One(new ApiKey(header.isEmpty() ? body : header));
    }
    return new Ambiguous();
  }
}
