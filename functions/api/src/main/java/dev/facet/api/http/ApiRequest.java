package dev.facet.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import dev.facet.aws.telemetry.LogLine;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.ApiKey;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request from an API Gateway proxy event, with its invocation. Absent texts and maps are
 * empty.
 */
public final class ApiRequest {

  private final APIGatewayProxyRequestEvent event;
  private final Context context;
  private final LogLine log;
  private final String correlationId;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param context the invocation, with its remaining time
   * @param log the request's log line
   * @param ids generates a correlation id if the caller sent none
   */
  ApiRequest(APIGatewayProxyRequestEvent event, Context context, LogLine log, Supplier<UUID> ids) {
    this.event = event;
    this.context = context;
    this.log = log;
    present(event.getHeaders()).forEach(headers::put);
    this.correlationId =
        CorrelationId.echoable(header(CorrelationId.HEADER)).orElseGet(() -> ids.get().toString());
  }

  /** Returns the time until the function times out. */
  Duration remainingTime() {
    return Duration.ofMillis(context.getRemainingTimeInMillis());
  }

  /** Returns the caller's correlation id, or else a generated one. */
  String correlationId() {
    return correlationId;
  }

  /** Returns the request's log line, to which handlers add fields. */
  public LogLine log() {
    return log;
  }

  String method() {
    return text(event.getHttpMethod());
  }

  String path() {
    return text(event.getPath());
  }

  /** Returns the path with its parameters' names instead of values, which is safe to log. */
  String resource() {
    return text(event.getResource());
  }

  /** Returns a header's value, or null; the name is case-insensitive. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Returns the API key that the gateway found, or else the header's. */
  Optional<ApiKey> apiKey() {
    return identity()
        .flatMap(identity -> Optional.ofNullable(identity.getApiKey()))
        .or(() -> Optional.ofNullable(header("x-api-key")))
        .map(ApiKey::new);
  }

  /** Returns the principal's unique id if the gateway verified a signature, or else null. */
  public @Nullable String caller() {
    return identity().map(RequestIdentity::getCaller).orElse(null);
  }

  private Optional<RequestIdentity> identity() {
    return Optional.ofNullable(event.getRequestContext())
        .flatMap(context -> Optional.ofNullable(context.getIdentity()));
  }

  /**
   * Returns a parameter of the path or else of the query, percent-decoded.
   *
   * @throws InvalidRequest if both are absent
   */
  String parameter(String name) {
    Optional<String> inPath = pathParameter(name);
    if (inPath.isPresent()) {
      return inPath.get();
    }
    String inQuery = present(event.getQueryStringParameters()).get(name);
    if (inQuery == null || inQuery.isEmpty()) {
      throw new InvalidRequest(name + " property must be provided.");
    }
    return inQuery;
  }

  /** Returns a percent-decoded parameter of the path; empty if it is absent. */
  public Optional<String> pathParameter(String name) {
    return Optional.ofNullable(present(event.getPathParameters()).get(name))
        .map(ApiRequest::percentDecoded);
  }

  /** Returns whether the decoded body has more than {@code bytes} bytes, without decoding it. */
  public boolean isLargerThan(int bytes) {
    String body = text(event.getBody());
    if (isBase64()) {
      return body.length() / 4L * 3 - 2 > bytes;
    }
    return body.length() > bytes || body.getBytes(UTF_8).length > bytes;
  }

  /**
   * Returns the decoded body; empty if it is absent.
   *
   * @throws InvalidRequest if it can't be decoded
   */
  public byte[] body() {
    String body = text(event.getBody());
    if (!isBase64()) {
      return body.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("body must be valid base64.");
    }
  }

  private boolean isBase64() {
    return Boolean.TRUE.equals(event.getIsBase64Encoded());
  }

  /** Decodes per RFC 3986; returns text with an invalid encoding unchanged. */
  private static String percentDecoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Map<String, String> present(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
