package dev.facet.local.apigateway;

import dev.facet.local.sigv4.UriText;
import dev.facet.spec.ApiOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API's operations; finds the one that matches a request. */
final class Routes {

  private final List<ApiOperation> operations;

  /**
   * An operation that matches a request.
   *
   * @param pathParameters by name, as sent: API Gateway does not decode them
   */
  record Found(ApiOperation operation, Map<String, String> pathParameters) {}

  Routes(List<ApiOperation> operations) {
    this.operations = List.copyOf(operations);
  }

  /**
   * Finds an operation.
   *
   * @param path without the stage, as sent
   */
  Optional<Found> find(String method, String path) {
    String[] segments = path.split("/", -1);
    for (ApiOperation operation : operations) {
      if (operation.method().equals(method)) {
        Optional<Found> found = match(operation, segments);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Found> match(ApiOperation operation, String[] segments) {
    String[] template = operation.path().split("/", -1);
    if (template.length != segments.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < template.length; i++) {
      if (isParameter(template[i]) && !segments[i].isEmpty()) {
        parameters.put(template[i].substring(1, template[i].length() - 1), segments[i]);
      } else if (!template[i].equals(UriText.decode(segments[i]))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Found(operation, parameters));
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }
}
