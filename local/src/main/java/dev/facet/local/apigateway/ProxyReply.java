package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.local.data.Json;
import dev.facet.local.http.RawRequest.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parses function responses of Lambda proxy integration, as strictly as API Gateway does. */
final class ProxyReply {

  private ProxyReply() {}

  /**
   * Parses a function's response.
   *
   * @throws GatewayError 502 if it is malformed
   */
  static GatewayResponse parse(byte[] json) {
    try {
      JsonNode reply = Json.MAPPER.readTree(json);
      JsonNode status = reply.path("statusCode");
      if (!status.isInt() || status.intValue() < 100 || status.intValue() > 599) {
        throw GatewayError.handlerFailed();
      }
      return new GatewayResponse(status.intValue(), headers(reply), body(reply));
    } catch (IOException | IllegalArgumentException e) {
      throw GatewayError.handlerFailed();
    }
  }

  private static List<Header> headers(JsonNode reply) {
    List<Header> headers = new ArrayList<>();
    JsonNode multi = reply.path("multiValueHeaders");
    for (Map.Entry<String, JsonNode> header : multi.properties()) {
      header.getValue().forEach(value -> headers.add(header(header.getKey(), value)));
    }
    for (Map.Entry<String, JsonNode> header : reply.path("headers").properties()) {
      if (!multi.has(header.getKey())) {
        headers.add(header(header.getKey(), header.getValue()));
      }
    }
    headers.removeIf(header -> header.name().equals("content-length"));
    return headers;
  }

  private static Header header(String name, JsonNode value) {
    return new Header(name.toLowerCase(Locale.ROOT), value.asText());
  }

  private static byte[] body(JsonNode reply) {
    String body = reply.path("body").asText("");
    return reply.path("isBase64Encoded").asBoolean()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(UTF_8);
  }
}
