package dev.facet.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers.
 *
 * @param status the HTTP status
 * @param body JSON, or null for none
 * @param headers those that belong to this answer alone
 */
public record Reply(int status, @Nullable JsonNode body, Map<String, String> headers) {

  /** API Gateway's own answer to a request without a valid key. */
  public static final Reply FORBIDDEN = gateway(403, "Forbidden", "ForbiddenException");

  /** API Gateway's own answer to a body over the limit. */
  public static final Reply TOO_LONG = gateway(413, "Request Too Long", "RequestTooLargeException");

  /** Copies the headers. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** An answer with a body. */
  public static Reply of(int status, JsonNode body) {
    return new Reply(status, body, Map.of());
  }

  /** An answer without a body. */
  public static Reply empty(int status) {
    return new Reply(status, null, Map.of());
  }

  /** 404 with nothing but a message. */
  public static Reply notFound(String message) {
    return of(404, message(message));
  }

  private static Reply gateway(int status, String message, String errorType) {
    return new Reply(status, message(message), Map.of("x-amzn-errortype", errorType));
  }

  private static JsonNode message(String message) {
    return JsonNodeFactory.instance.objectNode().put("message", message);
  }
}
