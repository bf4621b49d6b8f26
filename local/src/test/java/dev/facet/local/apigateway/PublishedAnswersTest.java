package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.crypto.Hashes;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.local.SignedClient;
import dev.facet.local.sigv4.SigningCredentials;
import dev.facet.local.sigv4.TextSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The local gateway gives the answers that API Gateway was published to give. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedAnswersTest {

  private static final String SCOPE = "20260504/ap-southeast-2/execute-api";

  private GatewayFixture gateway;

  /** A line of the table; a dash stands for something unknown. */
  record Answer(String feature, int status, String message, String errorType, String source) {

    static Answer parse(String line) {
      String[] columns = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
      assertThat(columns).as(line).hasSize(5);
      assertThat(URI.create(columns[4]).getScheme()).isEqualTo("https");
      return new Answer(
          columns[0], Integer.parseInt(columns[1]), columns[2], columns[3], columns[4]);
    }

    @Override
    public String toString() {
      return feature;
    }
  }

  static Stream<Answer> answers() throws IOException {
    try (InputStream table =
        PublishedAnswersTest.class.getResourceAsStream("api-gateway-answers.txt")) {
      return new String(table.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Answer::parse)
              .toList()
              .stream();
    }
  }

  @BeforeAll
  void start() {
    gateway = new GatewayFixture();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void the_gateway_answers_as_published(Answer published) throws Exception {
    HttpResponse<String> response = send(published.feature());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(published.status());
    if (!published.message().equals("-")) {
      assertThat(new ObjectMapper().readTree(response.body()).path("message").asText())
          .startsWith(published.message());
    }
    if (!published.errorType().equals("-")) {
      assertThat(response.headers().firstValue("x-amzn-errortype")).hasValue(published.errorType());
    }
  }

  private HttpResponse<String> send(String feature) throws Exception {
    SignedClient client = gateway.client();
    return switch (feature) {
      case "no-signature" -> client.unsigned().send("GET", "/v1/signed", "");
      case "no-such-resource" -> client.send("GET", "/v1/nowhere", "");
      case "unknown-access-key" ->
          client
              .as(new SigningCredentials("AKIDSTRANGER00000001", "x", null))
              .send("GET", "/v1/signed", "");
      case "expired" ->
          client
              .at(Clock.fixed(GatewayFixture.NOW.minus(Duration.ofMinutes(6)), ZoneOffset.UTC))
              .send("GET", "/v1/signed", "");
      case "not-allowed" -> client.as(GatewayFixture.RESTRICTED).send("POST", "/v1/echo", "{}");
      case "wrong-api-key" ->
          client.with("x-api-key", "TestKey0000000000000000000000002").send("GET", "/v1/echo", "");
      case "wrong-secret" ->
          client
              .as(new SigningCredentials(GatewayFixture.CALLER.accessKeyId(), "x", null))
              .send("GET", "/v1/signed", "");
      case "over-the-rate" -> afterOne(new UsagePlan("published-rate", 1, 1, null), "Rate");
      case "over-the-quota" ->
          afterOne(new UsagePlan("published-quota", 100, 100, new Quota(1, Period.MONTH)), "Quota");
      case "body-over-10-mb" ->
          client.send("POST", "/v1/echo", "", "x".repeat(10 * 1024 * 1024 + 1));
      case "function-too-slow" -> client.send("GET", "/v1/waits", "");
      case "query-after-4-min" -> query("20260504T101630Z", "");
      case "query-after-6-min" -> query("20260504T101430Z", "");
      case "query-expires-in-a-week-after-6-min" ->
          query("20260504T101430Z", "&X-Amz-Expires=604800");
      case "query-plus-signed-as-blank" -> signed("GET", "/v1/signed?x=a+b", "/v1/signed\nx=a%20b");
      case "query-plus-signed-as-plus" -> signed("GET", "/v1/signed?x=a+b", "/v1/signed\nx=a%2Bb");
      case "path-plus" -> signed("PUT", "/v1/echo/a+b", "/v1/echo/a%2Bb\n");
      case "path-escaped-slash" -> signed("PUT", "/v1/echo/a%2Fb", "/v1/echo/a%252Fb\n");
      default -> throw new AssertionError("No request has the feature " + feature + ".");
    };
  }

  private HttpResponse<String> afterOne(UsagePlan plan, String name) {
    String key = "Published" + name + "0000000000000001";
    gateway.keyOn(plan, key);
    SignedClient client = gateway.client().with("x-api-key", key);
    assertThat(client.send("GET", "/v1/echo", "").statusCode()).isEqualTo(200);
    return client.send("GET", "/v1/echo", "");
  }

  /** Sends a request with a signature in its query string. */
  private HttpResponse<String> query(String timestamp, String more) throws Exception {
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + credential().replace("/", "%2F")
            + "&X-Amz-Date="
            + timestamp
            + more
            + "&X-Amz-SignedHeaders=host";
    String canonical =
        String.join(
            "\n", "GET", "/v1/signed", query, "host:" + host(), "", "host", Hashes.sha256Hex(""));
    return send(
        "GET",
        "/v1/signed?" + query + "&X-Amz-Signature=" + signature(timestamp, canonical),
        List.of());
  }

  /**
   * Sends a request that is signed for another text than AWS's signers make of it.
   *
   * @param signedTarget canonical path and query, separated by a line feed
   */
  private HttpResponse<String> signed(String method, String target, String signedTarget)
      throws Exception {
    String timestamp = "20260504T102030Z";
    String canonical =
        String.join(
            "\n",
            method,
            signedTarget,
            "host:" + host(),
            "x-amz-date:" + timestamp,
            "",
            "host;x-amz-date",
            Hashes.sha256Hex(""));
    return send(
        method,
        target,
        List.of(
            "x-api-key",
            GatewayFixture.KEY,
            "x-amz-date",
            timestamp,
            "authorization",
            "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=host;x-amz-date, Signature=%s"
                .formatted(credential(), signature(timestamp, canonical))));
  }

  private HttpResponse<String> send(String method, String target, List<String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.server.endpoint() + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String credential() {
    return GatewayFixture.CALLER.accessKeyId() + "/" + SCOPE + "/aws4_request";
  }

  private static String signature(String timestamp, String canonical) {
    return TextSigner.sign(GatewayFixture.CALLER.secretAccessKey(), SCOPE, timestamp, canonical);
  }

  private String host() {
    return URI.create(gateway.server.endpoint()).getAuthority();
  }
}
