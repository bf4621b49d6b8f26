package dev.facet.local.apigateway;

import dev.facet.api.http.Cors;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.spec.ApiSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CORS response headers and preflight responses for pages of other origins (Fetch standard, CORS
 * protocol).
 */
final class CorsPolicy {

  private final Cors cors;
  private final List<String> allowedHeaders;
  private final Duration maxAge;

  /**
   * @param allowedOrigins the origins from which pages may call, or {@code *} alone for all
   * @param allowedHeaders the headers that they may send
   * @param maxAge how long a browser may cache a preflight response
   */
  CorsPolicy(List<String> allowedOrigins, List<String> allowedHeaders, Duration maxAge) {
    this.cors = new Cors(allowedOrigins);
    this.allowedHeaders = List.copyOf(allowedHeaders);
    this.maxAge = maxAge;
  }

  /** Returns the specification's policy for pages of some origins. */
  static CorsPolicy of(ApiSpecification.Cors cors, List<String> allowedOrigins) {
    return new CorsPolicy(allowedOrigins, cors.allowHeaders(), cors.maxAge());
  }

  /** Returns the headers that let a page read a response. */
  List<Header> headers(@Nullable String origin) {
    return cors.headers(origin).entrySet().stream()
        .map(header -> new Header(header.getKey(), header.getValue()))
        .toList();
  }

  /** Returns the response to a preflight request. */
  GatewayResponse preflightResponse(List<String> methods, @Nullable String origin) {
    List<Header> headers = new ArrayList<>(headers(origin));
    headers.add(new Header("access-control-allow-methods", String.join(",", methods)));
    headers.add(new Header("access-control-allow-headers", String.join(",", allowedHeaders)));
    headers.add(new Header("access-control-max-age", Long.toString(maxAge.toSeconds())));
    return new GatewayResponse(200, headers, new byte[0]);
  }
}
