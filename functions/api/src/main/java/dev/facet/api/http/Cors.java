package dev.facet.api.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response headers that let a page of another origin read a response (Fetch standard, CORS).
 *
 * @param origins the allowed origins; {@code *} allows all
 */
public record Cors(List<String> origins) {

  private static final String EXPOSED =
      "x-correlation-id,x-amzn-requestid,x-amzn-errortype,retry-after";

  /** Copies the list. */
  public Cors {
    origins = List.copyOf(origins);
  }

  /** Parses a setting: origins separated by commas. */
  public Cors(String setting) {
    this(
        Arrays.stream(setting.split(",", -1))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .toList());
  }

  /**
   * Returns the headers of one response.
   *
   * @param origin the request's {@code Origin} header; null if it has none
   */
  public Map<String, String> headers(@Nullable String origin) {
    if (origins.contains("*")) {
      return allowing("*");
    }
    if (origin != null && origins.contains(origin)) {
      Map<String, String> headers = allowing(origin);
      headers.put("vary", "origin");
      return headers;
    }
    return Map.of("vary", "origin");
  }

  private static Map<String, String> allowing(String origin) {
    return new HashMap<>(
        Map.of("access-control-allow-origin", origin, "access-control-expose-headers", EXPOSED));
  }
}
