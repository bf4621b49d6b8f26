package dev.facet.local.lambda.isolated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;

/** What became of an invocation. */
public sealed interface Outcome {

  /** The function answered. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answered(byte[] reply) implements Outcome {}

  /**
   * The function threw, while it began or while it ran, or answered more than Lambda carries.
   *
   * @param error what Lambda's invoker is told: JSON with {@code errorType} and {@code
   *     errorMessage}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Threw(byte[] error) implements Outcome {

    /** An error of the service's own. */
    static Threw of(String type, String message) {
      return new Threw(told(type, message));
    }
  }

  /** The function's process ended. */
  record Ended() implements Outcome {

    /** As Lambda tells it. */
    public byte[] error() {
      return Outcome.told("Runtime.ExitError", "Error: Runtime exited");
    }
  }

  /**
   * The function's time was up, or its beginning took too long; the process has been killed.
   *
   * @param limit how much time there was
   */
  record TimedOut(Duration limit) implements Outcome {

    /** As Lambda tells it. */
    public byte[] error() {
      return Outcome.told(
          "Sandbox.Timedout",
          "Error: Task timed out after %.2f seconds".formatted(limit.toMillis() / 1e3));
    }
  }

  private static byte[] told(String type, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("errorType", type)
        .put("errorMessage", message)
        .toString()
        .getBytes(UTF_8);
  }
}
