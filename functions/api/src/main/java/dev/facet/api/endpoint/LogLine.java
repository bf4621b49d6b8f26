package dev.facet.api.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request's line in the log, as JSON. It holds no body, key, id of a subject or header but the
 * correlation id. Of an exception that is no {@link Fault} the message is left out, since it may
 * quote what was being read.
 */
public final class LogLine {

  private static final int MOST_FRAMES = 12;

  private final ObjectNode line = JsonNodeFactory.instance.objectNode();

  /** A line without anything yet. */
  public LogLine() {}

  /** Adds a text that is nobody's secret. */
  public LogLine with(String name, String value) {
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
    switch (failure) {
      case InternalFault ours -> line.put("reason", ours.reason()).put("trace", trace(ours));
      case TransientFault passing ->
          line.put("reason", passing.reason()).put("kind", passing.kind().name());
      case Fault callers -> line.put("reason", callers.reason());
      default -> line.put("trace", trace(failure));
    }
    return this;
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
