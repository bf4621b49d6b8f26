package dev.facet.aws.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JSON log line of one invocation. It contains no body, key or subject id, and no header except
 * the correlation id. The message of an exception that is not a {@link Fault} is omitted, since it
 * may quote input.
 */
public final class LogLine {

  private static final int MAX_FRAMES = 12;

  private final ObjectNode line = JsonNodeFactory.instance.objectNode();
  private @Nullable RequestOutcome outcome;

  /**
   * Creates the line of an invocation.
   *
   * @param handler the simple name of the handler class
   * @param function the function's name in Lambda
   * @param requestId Lambda's id of the invocation
   * @param cold whether this is the first invocation of the environment
   */
  public LogLine(
      String handler, @Nullable String function, @Nullable String requestId, boolean cold) {
    line.put("handler", handler)
        .put("function", function)
        .put("requestId", requestId)
        .put("coldStart", cold);
  }

  /** Adds a text, which must not be confidential. */
  public LogLine with(String name, String value) {
    line.put(name, value);
    return this;
  }

  /** Adds a boolean. */
  public LogLine with(String name, boolean value) {
    line.put(name, value);
    return this;
  }

  /** Adds a number. */
  public LogLine with(String name, long value) {
    line.put(name, value);
    return this;
  }

  /**
   * Records the failure of a request and the side to blame, which the HTTP status does not show in
   * every API. Faults of the service also get a stack trace.
   */
  public LogLine failed(RuntimeException failure) {
    line.put("fault", failure.getClass().getSimpleName());
    line.put("blame", failure instanceof CallerFault ? "caller" : "service");
    outcome = RequestOutcome.of(failure);
    switch (failure) {
      case InternalFault ours -> line.put("reason", ours.reason()).put("trace", trace(ours));
      case TransientFault passing ->
          line.put("reason", passing.reason()).put("kind", passing.kind().name());
      case Fault callers -> line.put("reason", callers.reason());
      default -> line.put("trace", trace(failure));
    }
    return this;
  }

  /** Records a fault of the caller, for responses with a status that does not show it. */
  public LogLine blamesCaller(String fault) {
    line.put("fault", fault).put("blame", "caller");
    outcome = RequestOutcome.CLIENT;
    return this;
  }

  /**
   * Records the status, the outcome and the duration, and derives the log level from the outcome.
   */
  public RequestOutcome ended(int status, long millis) {
    RequestOutcome ended = outcome == null ? RequestOutcome.ofStatus(status) : outcome;
    line.put("status", status);
    return ended(ended, millis);
  }

  /** Records the outcome and the duration of an invocation without a status. */
  public RequestOutcome ended(long millis) {
    return ended(outcome == null ? RequestOutcome.OK : outcome, millis);
  }

  private RequestOutcome ended(RequestOutcome ended, long millis) {
    line.put("outcome", ended.name().toLowerCase(Locale.ROOT))
        .put("level", ended.isOurs() ? "ERROR" : "INFO")
        .put("millis", millis);
    return ended;
  }

  @Override
  public String toString() {
    return line.toString();
  }

  private static String trace(@Nullable Throwable failure) {
    if (failure == null) {
      return "";
    }
    String frames =
        Arrays.stream(failure.getStackTrace())
            .limit(MAX_FRAMES)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < "));
    String cause = trace(failure.getCause());
    return failure.getClass().getName()
        + " at "
        + frames
        + (cause.isEmpty() ? "" : " caused by " + cause);
  }
}
