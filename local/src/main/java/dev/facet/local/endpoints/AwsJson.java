package dev.facet.local.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.facet.local.http.RawRequest;

/** AWS's JSON protocol: a header names the operation, and bodies hold everything else. */
final class AwsJson {

  static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  private AwsJson() {}

  /** Returns the operation that a request names, such as {@code GetItem}, or an empty text. */
  static String operation(RawRequest request) {
    String target = request.first("x-amz-target").orElse("");
    return target.substring(target.indexOf('.') + 1);
  }

  /** Returns the body of an error response. */
  static byte[] error(String type, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("__type", type)
        .put("message", message)
        .toString()
        .getBytes(UTF_8);
  }
}
