package dev.facet.local.apigateway;

import java.util.List;

/**
 * One operation of the API.
 *
 * @param method the HTTP method, upper case
 * @param template its path, with parameters in braces
 * @param action the way in which it is answered
 * @param signed whether requests must be signed
 * @param keyed whether requests must carry an API key, and are metered by it
 */
record Route(String method, String template, Action action, boolean signed, boolean keyed) {

  /** The way in which a request is answered. */
  sealed interface Action {

    /** Invokes the function of this name by Lambda proxy integration. */
    record Invoke(String function) implements Action {}

    /**
     * Answers a CORS preflight request in the gateway.
     *
     * @param methods the path's methods, sorted
     */
    record Preflight(List<String> methods) implements Action {}

    /** Returns the API's specification from the gateway. */
    record Describe(Specification.Format format) implements Action {}
  }
}
