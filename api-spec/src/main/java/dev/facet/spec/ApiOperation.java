package dev.facet.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One operation of the API: a method of a path.
 *
 * @param method the HTTP method in upper case
 * @param path the path, with its parameters in braces
 * @param action the way in which requests are answered
 * @param signed whether requests must be signed
 * @param keyed whether requests must carry an API key, which meters them
 * @param definition the operation's definition in the specification; not to be modified
 */
public record ApiOperation(
    String method, String path, Action action, boolean signed, boolean keyed, JsonNode definition) {

  /** The way in which a request is answered. */
  public sealed interface Action {

    /**
     * Invokes a function by Lambda proxy integration.
     *
     * @param function such as {@code node.Enroll}
     */
    record Invoke(String function) implements Action {}

    /**
     * Answers a CORS preflight request in the gateway.
     *
     * @param methods the path's methods, sorted
     */
    record Preflight(List<String> methods) implements Action {}

    /**
     * Answers every request with the same body, from the gateway.
     *
     * @param body the example of the operation's 200 response
     */
    record Fixed(JsonNode body) implements Action {}

    /** Returns the API's specification from the gateway. */
    record Describe(ApiSpecification.Format format) implements Action {}
  }

  /** Returns the {@code operationId}, or an empty text if there is none. */
  public String id() {
    return definition.path("operationId").asText();
  }

  /** Returns the name of the function that is invoked; empty if the gateway answers by itself. */
  public Optional<String> function() {
    return action instanceof Action.Invoke(String function)
        ? Optional.of(function)
        : Optional.empty();
  }

  /** Returns the operation as {@code METHOD /path/{parameter}}. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
