package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.facet.local.apigateway.ProxyEvent.Caller;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.local.iam.Principal;
import dev.facet.local.sigv4.SigningCredentials;
import dev.facet.spec.ApiOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events have the form of those in events/, which have AWS's. */
class ProxyEventTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "update-subject, PUT, /v1/subjects/{id}, /v1/subjects/necidguid-1, ''",
    "update-subject-by-query, PUT, /v1/subjects, /v1/subjects, id=necidguid-1",
    "register-subject, POST, /v1/subjects, /v1/subjects, ''"
  })
  void an_event_has_every_field_of_awss(
      String sample, String method, String template, String path, String query) throws IOException {
    JsonNode expected =
        JSON.readTree(
            Path.of(System.getProperty("facet.root"), "events", sample + ".json").toFile());
    RawRequest request =
        new RawRequest(method, "/prod" + path, query, headers(expected), "{}".getBytes(UTF_8));
    ApiOperation operation =
        new ApiOperation(
            method,
            template,
            new ApiOperation.Action.Invoke("Any"),
            true,
            true,
            MissingNode.getInstance());
    Routes.Found found = new Routes(List.of(operation)).find(method, path).orElseThrow();
    JsonNode event = JSON.readTree(event(request, path, found));
    assertThat(shape(event)).isEqualTo(shape(expected));
    assertThat(event.at("/requestContext/requestTime"))
        .isEqualTo(expected.at("/requestContext/requestTime"));
    assertThat(event.at("/requestContext/requestTimeEpoch").longValue())
        .isEqualTo(expected.at("/requestContext/requestTimeEpoch").longValue());
  }

  private static byte[] event(RawRequest request, String path, Routes.Found found) {
    GatewayRequest arrival =
        new GatewayRequest(
            request, path, "id", "extended", Instant.parse("2026-01-01T00:00:00Z"), "127.0.0.1");
    Principal principal =
        Principal.user(new SigningCredentials("AKID", "x", null), "123456789012", "u", "AIDA");
    return new ProxyEvent(new Deployment("123456789012", "ap-southeast-2", "abcdef1234", "prod"))
        .json(arrival, found, new Caller(principal, "key", UUID.randomUUID()));
  }

  private static List<Header> headers(JsonNode event) {
    return event.get("headers").properties().stream()
        .filter(header -> !header.getKey().startsWith("X-Forwarded"))
        .map(header -> new Header(header.getKey(), header.getValue().textValue()))
        .toList();
  }

  /** Every field's path and type. */
  private static Map<String, JsonNodeType> shape(JsonNode node) {
    Map<String, JsonNodeType> shape = new TreeMap<>();
    collect("", node, shape);
    return shape;
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNodeType> shape) {
    shape.put(path, node.getNodeType());
    node.properties().forEach(f -> collect(path + "/" + f.getKey(), f.getValue(), shape));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(path + "/" + i, node.get(i), shape);
    }
  }
}
