package dev.facet.local.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.facet.local.http.RawRequest;

/** AWS's JSON protocol: the operation in a header, everything else in bodies. */
final class AwsJson {

  static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  private AwsJson() {}

  /** The operation that a request names, such as {@code GetItem}; empty if it names none. */
  static String operation(RawRequest request) {
    String target = request.first("x-amz-target").orElse("");
    return target.substring(target.indexOf('.') + 1);
  }

  /** An error's body. */
  static byte[] error(String type, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("__type", type)
        .put("message", message)
        .toString()
        .getBytes(UTF_8);
  }
}
