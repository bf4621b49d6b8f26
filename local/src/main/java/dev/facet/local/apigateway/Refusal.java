package dev.facet.local.apigateway;

import dev.facet.local.lambda.InvocationFault;
import dev.facet.local.sigv4.SignatureFault;
import org.jspecify.annotations.Nullable;

/** An error response that the gateway itself makes, in API Gateway's wording. */
final class Refusal extends RuntimeException {

  private final int status;
  private final String message;
  private final @Nullable String errorType;

  private Refusal(int status, String message, @Nullable String errorType) {
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

  /** Returns the value of {@code x-amzn-ErrorType}; null for a timeout. */
  @Nullable String errorType() {
    return errorType;
  }

  static Refusal unknownRoute() {
    return new Refusal(403, "Missing Authentication Token", "MissingAuthenticationTokenException");
  }

  static Refusal notSigned(SignatureFault fault) {
    String errorType =
        switch (fault.kind()) {
          case MISSING -> "MissingAuthenticationTokenException";
          case INCOMPLETE -> "IncompleteSignatureException";
          case INVALID -> "InvalidSignatureException";
          case UNRECOGNISED -> "UnrecognizedClientException";
        };
    return new Refusal(403, fault.message(), errorType);
  }

  static Refusal notAllowed(String principalArn, String maskedResource) {
    return new Refusal(
        403,
        "User: %s is not authorized to perform: execute-api:Invoke on resource: %s"
            .formatted(principalArn, maskedResource),
        "AccessDeniedException");
  }

  static Refusal badKey() {
    return new Refusal(403, "Forbidden", "ForbiddenException");
  }

  static Refusal throttled() {
    return new Refusal(429, "Too Many Requests", "TooManyRequestsException");
  }

  static Refusal quotaSpent() {
    return new Refusal(429, "Limit Exceeded", "LimitExceededException");
  }

  static Refusal tooLong() {
    return new Refusal(413, "Request Too Long", "RequestTooLargeException");
  }

  static Refusal handlerFailed() {
    return new Refusal(502, "Internal server error", "InternalServerErrorException");
  }

  static Refusal notInvoked(InvocationFault fault) {
    return switch (fault.kind()) {
      case TOO_LARGE -> tooLong();
      case FAILED -> handlerFailed();
      case TIMED_OUT -> new Refusal(504, "Endpoint request timed out", null);
    };
  }
}
