package dev.facet.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import dev.facet.core.faults.InvalidRequest;
import dev.facet.core.keys.ApiKey;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One HTTP request as API Gateway's proxy event tells it; whatever is absent there is empty. */
public final class Request {

  private final APIGatewayProxyRequestEvent event;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Request(APIGatewayProxyRequestEvent event) {
    this.event = event;
    present(event.getHeaders()).forEach(headers::put);
  }

  String method() {
    return text(event.getHttpMethod());
  }

  String path() {
    return text(event.getPath());
  }

  /** The path with its parameters' names, fit for logs. */
  String resource() {
    return text(event.getResource());
  }

  /** A header's value; its name is matched without regard to case. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The key that the gateway found, or else the header. */
  Optional<ApiKey> apiKey() {
    return identity()
        .flatMap(identity -> Optional.ofNullable(identity.getApiKey()))
        .or(() -> Optional.ofNullable(header("x-api-key")))
        .map(ApiKey::new);
  }

  /** The unique id of the principal whose signature the gateway checked; null without one. */
  public @Nullable String caller() {
    return identity().map(RequestIdentity::getCaller).orElse(null);
  }

  private Optional<RequestIdentity> identity() {
    return Optional.ofNullable(event.getRequestContext())
        .flatMap(context -> Optional.ofNullable(context.getIdentity()));
  }

  /**
   * A parameter of the path or else of the query, percent-decoded.
   *
   * @throws InvalidRequest if there is neither
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

  /** A parameter of the path, percent-decoded; empty where the path has none of this name. */
  public Optional<String> pathParameter(String name) {
    return Optional.ofNullable(present(event.getPathParameters()).get(name))
        .map(Request::percentDecoded);
  }

  /** Whether the decoded body has more bytes than that; tells without decoding. */
  public boolean isLargerThan(int bytes) {
    String body = text(event.getBody());
    if (isBase64()) {
      return body.length() / 4L * 3 - 2 > bytes;
    }
    return body.length() > bytes || body.getBytes(UTF_8).length > bytes;
  }

  /**
   * The decoded body; empty where there is none.
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

  /** As RFC 3986 has it; text that is no valid encoding stands for itself. */
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
