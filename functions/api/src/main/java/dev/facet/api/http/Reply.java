package dev.facet.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A handler's response.
 *
 * @param status the HTTP status
 * @param body JSON; null if the response has no body
 * @param headers headers specific to this response
 */
public record Reply(int status, @Nullable JsonNode body, Map<String, String> headers) {

  /** API Gateway's response to a request without a valid key. */
  public static final Reply FORBIDDEN = gateway(403, "Forbidden", "ForbiddenException");

  /** API Gateway's response to a body over the limit. */
  public static final Reply TOO_LONG = gateway(413, "Request Too Long", "RequestTooLargeException");

  /** Copies the headers. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** Returns a response with a body. */
  public static Reply of(int status, JsonNode body) {
    return new Reply(status, body, Map.of());
  }

  /** Returns a response without a body. */
  public static Reply empty(int status) {
    return new Reply(status, null, Map.of());
  }

  /** Returns a 404 response with only a message. */
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
