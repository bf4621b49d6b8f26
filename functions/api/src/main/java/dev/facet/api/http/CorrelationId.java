package dev.facet.api.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for correlation ids that callers choose. */
public final class CorrelationId {

  /** The header of requests and responses. */
  public static final String HEADER = "x-correlation-id";

  /**
   * Visible ASCII characters: they can't end a header or a line of the log, which is JSON and
   * escapes quotation marks and backslashes.
   */
  private static final Pattern ECHOABLE = Pattern.compile("[!-~]{1,128}");

  private CorrelationId() {}

  /** Returns a caller's id; empty if it is absent or may not be echoed. */
  public static Optional<String> echoable(@Nullable String given) {
    return Optional.ofNullable(given).filter(id -> ECHOABLE.matcher(id).matches());
  }
}
