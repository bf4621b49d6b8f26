package dev.facet.local.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.facet.local.SignedClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes the gateway, and how. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayBehaviourTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private GatewayFixture gateway;

  @BeforeAll
  void start() {
    gateway = new GatewayFixture();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void a_signed_request_with_a_key_reaches_its_handler() throws IOException {
    HttpResponse<String> response =
        gateway.client().send("POST", "/v1/echo?b=2&a=1&a=%C3%A4", "{\"face\":\"ä\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode event = JSON.readTree(response.body());
    assertThat(event.path("httpMethod").textValue()).isEqualTo("POST");
    assertThat(event.path("path").textValue()).isEqualTo("/v1/echo");
    assertThat(event.path("body").textValue()).isEqualTo("{\"face\":\"ä\"}");
    assertThat(event.at("/queryStringParameters/a").textValue()).isEqualTo("ä");
    assertThat(event.at("/multiValueQueryStringParameters/a").toString())
        .isEqualTo("[\"1\",\"ä\"]");
    assertThat(event.at("/requestContext/identity/userArn").textValue())
        .isEqualTo("arn:aws:iam::123456789012:user/caller");
    assertThat(event.at("/requestContext/identity/caller").textValue()).isEqualTo("AIDACALLER");
    assertThat(event.at("/requestContext/identity/apiKey").textValue())
        .isEqualTo(GatewayFixture.KEY);
    assertThat(event.at("/requestContext/requestId").textValue())
        .isEqualTo(response.headers().firstValue("x-amzn-requestid").orElseThrow());
    assertThat(response.body().toLowerCase(Locale.ROOT))
        .doesNotContain("authorization")
        .doesNotContain("signature=");
  }

  @ParameterizedTest
  @CsvSource({"a%2Fb", "%E8%AA%9E", "..%2f..%2fetc", "a;b=c", "a%25b", "$(id)"})
  void a_path_parameter_reaches_its_handler_as_it_was_sent(String id) throws IOException {
    HttpResponse<String> response = gateway.client().send("PUT", "/v1/echo/" + id, "{}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).at("/pathParameters/id").textValue()).isEqualTo(id);
  }

  @Test
  void a_request_without_a_body_has_none() throws IOException {
    JsonNode event = JSON.readTree(gateway.client().send("GET", "/v1/echo", "").body());
    assertThat(event.path("body").isNull()).isTrue();
  }

  @Test
  void temporary_credentials_sign_too() {
    SignedClient client = gateway.client().as(GatewayFixture.RESTRICTED);
    assertThat(client.send("GET", "/v1/echo", "").statusCode()).isEqualTo(200);
  }

  @Test
  void an_open_route_needs_neither_signature_nor_key() {
    SignedClient anyone = gateway.client().unsigned().with("x-api-key", "");
    assertThat(anyone.send("GET", "/v1/open", "").statusCode()).isEqualTo(200);
  }

  @Test
  void a_correlation_id_is_echoed_in_answers_of_the_gateway_too() {
    SignedClient client = gateway.client().unsigned();
    for (String visible : List.of("mine-1", "|7dd7.1.", "{a},\"~\\")) {
      assertThat(client.with("x-correlation-id", visible).send("GET", "/v2", "").headers().map())
          .containsEntry("x-correlation-id", List.of(visible));
    }
    assertThat(client.send("GET", "/v2", "").headers().map()).doesNotContainKey("x-correlation-id");
    assertThat(client.with("x-correlation-id", "a b").send("GET", "/v2", "").headers().map())
        .doesNotContainKey("x-correlation-id");
  }

  @Test
  void the_handlers_correlation_id_goes_before_the_gateways() {
    assertThat(
            gateway
                .client()
                .with("x-correlation-id", "mine-1")
                .send("GET", "/v1/open", "")
                .headers()
                .allValues("x-correlation-id"))
        .containsExactly("made");
  }

  @Test
  void every_request_has_an_id_of_its_own() {
    String one = requestId(gateway.client().send("GET", "/v1/open", ""));
    String other = requestId(gateway.client().send("GET", "/v1/open", ""));
    assertThat(UUID.fromString(one)).isNotEqualTo(UUID.fromString(other));
  }

  @Test
  void preflight_tells_what_a_page_may_send() {
    HttpResponse<String> response =
        gateway
            .client()
            .unsigned()
            .with("x-api-key", "")
            .with("origin", "https://page.example")
            .send("OPTIONS", "/v1/echo", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().map())
        .containsEntry("access-control-allow-origin", List.of("*"))
        .containsEntry("access-control-allow-methods", List.of("GET,OPTIONS,POST"))
        .containsEntry("access-control-allow-headers", List.of("authorization,x-api-key"))
        .containsEntry("access-control-max-age", List.of("600"))
        .containsEntry(
            "access-control-expose-headers",
            List.of("x-correlation-id,x-amzn-requestid,x-amzn-errortype,retry-after"));
  }

  @Test
  void the_served_specification_has_nothing_of_ours() throws IOException {
    HttpResponse<String> json = gateway.client().unsigned().send("GET", "/openapi.json", "");
    HttpResponse<String> yaml = gateway.client().unsigned().send("GET", "/openapi.yaml", "");
    assertThat(json.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(yaml.headers().firstValue("content-type")).hasValue("application/yaml");
    assertThat(JSON.readTree(json.body())).isEqualTo(new YAMLMapper().readTree(yaml.body()));
    assertThat(JSON.readTree(json.body()).at("/paths/~1v1~1open/get").isObject()).isTrue();
    assertThat(json.body()).doesNotContain("x-facet");
  }

  @Test
  void a_fixed_answer_needs_no_function_and_may_be_read_by_pages() {
    HttpResponse<String> response =
        gateway
            .client()
            .unsigned()
            .with("x-api-key", "")
            .with("content-type", "a/b")
            .with("x-correlation-id", "mine-1")
            .send("GET", "/v1/fixed", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(response.headers().map())
        .containsEntry("content-type", List.of("application/json"))
        .containsEntry("access-control-allow-origin", List.of("*"))
        .containsEntry("x-correlation-id", List.of("mine-1"))
        .containsKey("x-amzn-requestid");
  }

  @Test
  void only_allowed_origins_may_read() {
    List<String> origins = List.of("https://one.example", "https://two.example");
    try (GatewayFixture strict = withOrigins(origins)) {
      SignedClient client = strict.client().unsigned();
      assertThat(
              client.with("origin", "https://two.example").send("GET", "/v2", "").headers().map())
          .containsEntry("access-control-allow-origin", List.of("https://two.example"))
          .containsEntry("vary", List.of("origin"));
      assertThat(
              client.with("origin", "https://six.example").send("GET", "/v2", "").headers().map())
          .doesNotContainKey("access-control-allow-origin")
          .containsEntry("vary", List.of("origin"));
    }
  }

  @Test
  void a_stage_is_part_of_every_path_and_of_what_is_signed() throws IOException {
    try (GatewayFixture staged =
        new GatewayFixture(
            "prod", List.of("*"), GatewayServer.Timeouts.DEFAULT, Duration.ofSeconds(5))) {
      assertThat(staged.client().send("GET", "/v1/echo", "").statusCode()).isEqualTo(403);
      assertThat(staged.client().send("GET", "/production/v1/echo", "").statusCode())
          .isEqualTo(403);
      HttpResponse<String> response = staged.client().send("GET", "/prod/v1/echo", "");
      assertThat(response.statusCode()).isEqualTo(200);
      JsonNode event = JSON.readTree(response.body());
      assertThat(event.path("path").textValue()).isEqualTo("/v1/echo");
      assertThat(event.at("/requestContext/path").textValue()).isEqualTo("/prod/v1/echo");
      assertThat(event.at("/requestContext/stage").textValue()).isEqualTo("prod");
    }
  }

  @Test
  void a_request_under_way_is_answered_before_the_server_stops() throws Exception {
    GatewayFixture stopping =
        new GatewayFixture(
            null, List.of("*"), GatewayServer.Timeouts.DEFAULT, Duration.ofSeconds(20));
    CompletableFuture<HttpResponse<String>> waited =
        CompletableFuture.supplyAsync(() -> stopping.client().send("GET", "/v1/waits", ""));
    stopping.waiting.await();
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
    stopping.release.countDown();
    assertThat(waited.get().body()).isEqualTo("waited");
    stopped.get();
  }

  private static GatewayFixture withOrigins(List<String> origins) {
    return new GatewayFixture(null, origins, GatewayServer.Timeouts.DEFAULT, Duration.ofSeconds(5));
  }

  private static String requestId(HttpResponse<String> response) {
    return response.headers().firstValue("x-amzn-requestid").orElseThrow();
  }
}
