package dev.facet.local.apigateway;

import java.util.List;

/**
 * One operation of the API.
 *
 * @param method the HTTP method, upper case
 * @param template its path, with parameters in braces
 * @param action what answers it
 * @param signed whether requests must be signed
 * @param keyed whether requests must carry an API key, and are metered by it
 */
record Route(String method, String template, Action action, boolean signed, boolean keyed) {

  /** What answers a request. */
  sealed interface Action {

    /** A function of this name, by Lambda proxy integration. */
    record Invoke(String function) implements Action {}

    /**
     * The gateway itself, to a browser that asks what it may send.
     *
     * @param methods those of the path, sorted
     */
    record Preflight(List<String> methods) implements Action {}

    /** The gateway itself, with the API's specification. */
    record Describe(Specification.Format format) implements Action {}
  }
}
