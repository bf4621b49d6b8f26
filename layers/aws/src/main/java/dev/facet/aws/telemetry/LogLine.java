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
 * One invocation's line in the log, as JSON. It holds no body, key, id of a subject or header but
 * the correlation id. Of an exception that is no {@link Fault} the message is left out, since it
 * may quote what was being read.
 */
public final class LogLine {

  private static final int MOST_FRAMES = 12;

  private final ObjectNode line = JsonNodeFactory.instance.objectNode();
  private @Nullable Outcome outcome;

  /**
   * A line of an invocation.
   *
   * @param handler the simple name of the class that is invoked
   * @param function the name that Lambda knows it by
   * @param requestId Lambda's name for the invocation
   * @param cold whether it is the first that the environment serves
   */
  public LogLine(
      String handler, @Nullable String function, @Nullable String requestId, boolean cold) {
    line.put("handler", handler)
        .put("function", function)
        .put("requestId", requestId)
        .put("coldStart", cold);
  }

  /** Adds a text that is nobody's secret. */
  public LogLine with(String name, String value) {
    line.put(name, value);
    return this;
  }

  /** Adds a truth value. */
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
   * What kept the request from its answer, and who is to blame, which not every API's status tells;
   * for what is ours, with where it comes from.
   */
  public LogLine failed(RuntimeException failure) {
    line.put("fault", failure.getClass().getSimpleName());
    line.put("blame", failure instanceof CallerFault ? "caller" : "service");
    outcome = Outcome.of(failure);
    switch (failure) {
      case InternalFault ours -> line.put("reason", ours.reason()).put("trace", trace(ours));
      case TransientFault passing ->
          line.put("reason", passing.reason()).put("kind", passing.kind().name());
      case Fault callers -> line.put("reason", callers.reason());
      default -> line.put("trace", trace(failure));
    }
    return this;
  }

  /** That the caller is to blame for what the answer's status may not tell. */
  public LogLine blamesCaller(String fault) {
    line.put("fault", fault).put("blame", "caller");
    outcome = Outcome.CLIENT;
    return this;
  }

  /** What the request came to, and with it how urgent the line is. */
  public Outcome ended(int status, long millis) {
    Outcome ended = outcome == null ? Outcome.ofStatus(status) : outcome;
    line.put("status", status);
    return ended(ended, millis);
  }

  /** What an invocation that has no status came to. */
  public Outcome ended(long millis) {
    return ended(outcome == null ? Outcome.OK : outcome, millis);
  }

  private Outcome ended(Outcome ended, long millis) {
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
            .limit(MOST_FRAMES)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < "));
    String cause = trace(failure.getCause());
    return failure.getClass().getName()
        + " at "
        + frames
        + (cause.isEmpty() ? "" : " caused by " + cause);
  }
}
