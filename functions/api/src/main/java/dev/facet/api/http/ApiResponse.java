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
public record ApiResponse(int status, @Nullable JsonNode body, Map<String, String> headers) {

  /** API Gateway's response to a request without a valid key. */
  public static final ApiResponse FORBIDDEN = gateway(403, "Forbidden", "ForbiddenException");

  /** API Gateway's response to a body over the limit. */
  public static final ApiResponse TOO_LONG =
      gateway(413, "Request Too Long", "RequestTooLargeException");

  /** Copies the headers. */
  public ApiResponse {
    headers = Map.copyOf(headers);
  }

  /** Returns a response with a body. */
  public static ApiResponse of(int status, JsonNode body) {
    return new ApiResponse(status, body, Map.of());
  }

  /** Returns a response without a body. */
  public static ApiResponse empty(int status) {
    return new ApiResponse(status, null, Map.of());
  }

  /** Returns a 404 response with only a message. */
  public static ApiResponse notFound(String message) {
    return of(404, message(message));
  }

  /** Returns a copy that asks the client to try again soon because no capacity is free. */
  public ApiResponse asBusy() {
    return new ApiResponse(503, body, Map.of("retry-after", "2"));
  }

  private static ApiResponse gateway(int status, String message, String errorType) {
    return new ApiResponse(status, message(message), Map.of("x-amzn-errortype", errorType));
  }

  private static JsonNode message(String message) {
    return JsonNodeFactory.instance.objectNode().put("message", message);
  }
}
