package dev.facet.local.apigateway;

import dev.facet.local.lambda.InvocationFault;
import dev.facet.local.sigv4.SignatureFault;
import org.jspecify.annotations.Nullable;

/** An error response that the gateway itself makes, in API Gateway's wording. */
final class GatewayError extends RuntimeException {

  private final int status;
  private final String message;
  private final @Nullable String errorType;

  private GatewayError(int status, String message, @Nullable String errorType) {
    super(message, null, false, false);
    this.status = status;
    this.message = message;
    this.errorType = errorType;
  }

  int status() {
    return status;
  }

  String message() {
    return message;
  }

  /**
   * Returns the value of {@code x-amzn-ErrorType}; null if the gateway's integration is at fault.
   */
  @Nullable String errorType() {
    return errorType;
  }

  static GatewayError unknownRoute() {
    return new GatewayError(
        403, "Missing Authentication Token", "MissingAuthenticationTokenException");
  }

  static GatewayError notSigned(SignatureFault fault) {
    String errorType =
        switch (fault.kind()) {
          case MISSING -> "MissingAuthenticationTokenException";
          case INCOMPLETE -> "IncompleteSignatureException";
          case INVALID -> "InvalidSignatureException";
          case UNRECOGNISED -> "UnrecognizedClientException";
        };
    return new GatewayError(403, fault.message(), errorType);
  }

  static GatewayError notAllowed(String principalArn, String maskedResource) {
    return new GatewayError(
        403,
        "User: %s is not authorized to perform: execute-api:Invoke on resource: %s"
            .formatted(principalArn, maskedResource),
        "AccessDeniedException");
  }

  static GatewayError forbidden() {
    return new GatewayError(403, "Forbidden", "ForbiddenException");
  }

  static GatewayError throttled() {
    return new GatewayError(429, "Too Many Requests", "TooManyRequestsException");
  }

  static GatewayError quotaSpent() {
    return new GatewayError(429, "Limit Exceeded", "LimitExceededException");
  }

  static GatewayError tooLong() {
    return new GatewayError(413, "Request Too Long", "RequestTooLargeException");
  }

  static GatewayError unavailable() {
    return new GatewayError(503, "Service Unavailable", null);
  }

  static GatewayError handlerFailed() {
    return new GatewayError(502, "Internal server error", "InternalServerErrorException");
  }

  static GatewayError notInvoked(InvocationFault fault) {
    return switch (fault.kind()) {
      case TOO_LARGE -> tooLong();
      case THROTTLED -> unavailable();
      case FAILED -> handlerFailed();
      case TIMED_OUT -> new GatewayError(504, "Endpoint request timed out", null);
    };
  }
}
