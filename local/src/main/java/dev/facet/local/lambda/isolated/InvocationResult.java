package dev.facet.local.lambda.isolated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;

/** The outcome of an invocation. */
public sealed interface InvocationResult {

  /** The function returned a response. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answered(byte[] reply) implements InvocationResult {}

  /**
   * The function threw during its initialization or invocation, or its response exceeded Lambda's
   * limit.
   *
   * @param error Lambda's error document: JSON with {@code errorType} and {@code errorMessage}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Threw(byte[] error) implements InvocationResult {

    /** Creates an error that the emulator itself reports. */
    static Threw of(String type, String message) {
      return new Threw(errorDocument(type, message));
    }
  }

  /** As many functions run as the limit allows. */
  record Throttled() implements InvocationResult {}

  /** The function's process ended. */
  record Ended() implements InvocationResult {

    /** Returns Lambda's error document for this outcome. */
    public byte[] error() {
      return InvocationResult.errorDocument("Runtime.ExitError", "Error: Runtime exited");
    }
  }

  /**
   * The invocation, the initialization or the caller's wait exceeded a timeout. In the first two
   * cases the process has been killed.
   *
   * @param limit the timeout that was exceeded
   */
  record TimedOut(Duration limit) implements InvocationResult {

    /** Returns Lambda's error document for this outcome. */
    public byte[] error() {
      return InvocationResult.errorDocument(
          "Sandbox.Timedout",
          "Error: Task timed out after %.2f seconds".formatted(limit.toMillis() / 1e3));
    }
  }

  private static byte[] errorDocument(String type, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("errorType", type)
        .put("errorMessage", message)
        .toString()
        .getBytes(UTF_8);
  }
}
