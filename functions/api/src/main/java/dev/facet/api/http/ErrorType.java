package dev.facet.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The error types of {@code /v1}, with their codes and HTTP statuses. */
enum ErrorType {
  INTERNAL_ERROR("InternalError", 1000, 500),
  INVALID_REQUEST("InvalidRequest", 1001, 400),
  DUPLICATE_REQUEST("DuplicateRequest", 1002, 409),
  TIMEOUT("Timeout", 1003, 500),
  NO_FACE("NoFace", 2001, 400),
  POOR_QUALITY("PoorQuality", 2002, 400),
  MULTIPLE_FACES("MultipleFaces", 2003, 400);

  private final String title;
  private final int code;
  private final int status;

  ErrorType(String title, int code, int status) {
    this.title = title;
    this.code = code;
    this.status = status;
  }

  ApiResponse response(String message) {
    return ApiResponse.of(
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("message", message)
            .put("errorCode", code)
            .put("errorType", title));
  }
}
