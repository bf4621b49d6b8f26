package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.local.SignedClient;
import dev.facet.local.sigv4.SigningCredentials;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers that are the gateway's own, each over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayAnswersTest {

  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

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
  void an_unsigned_request_is_missing_its_token() {
    is(
        gateway.client().unsigned().send("POST", "/v1/echo", "{}"),
        403,
        "Missing Authentication Token",
        "MissingAuthenticationTokenException");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/",
    "GET,/v2/echo",
    "DELETE,/v1/echo",
    "POST,/v1/echo/",
    "POST,//v1/echo",
    "PUT,/v1/echo/",
    "PUT,/v1/echo/a/b",
    "GET,/v1/../v1/open",
    "GET,/v1/echo%2f",
    "PATCH,/v1/echo",
    "OPTIONS,/v1/open"
  })
  void an_unknown_route_is_missing_its_token_too(String method, String path) {
    is(
        gateway.client().send(method, path, ""),
        403,
        "Missing Authentication Token",
        "MissingAuthenticationTokenException");
  }

  @Test
  void an_authorization_that_is_no_signature_is_incomplete() {
    is(
        gateway.client().unsigned().with("authorization", "Basic eDp5").send("GET", "/v1/echo", ""),
        403,
        "Authorization header requires the algorithm 'AWS4-HMAC-SHA256'.",
        "IncompleteSignatureException");
  }

  @Test
  void another_secret_gives_another_signature() {
    SigningCredentials guess = new SigningCredentials("AKIDCALLER0000000001", "a-guess", null);
    is(
        gateway.client().as(guess).send("POST", "/v1/echo", "{}"),
        403,
        MISMATCH,
        "InvalidSignatureException");
  }

  @Test
  void a_signature_is_for_one_body() {
    is(
        gateway.client().send("POST", "/v1/echo", "{\"a\":1}", "{\"a\":2}"),
        403,
        MISMATCH,
        "InvalidSignatureException");
  }

  @Test
  void a_signature_expires() {
    is(
        signedAt(Duration.ofSeconds(-301)).send("POST", "/v1/echo", "{}"),
        403,
        "Signature expired: 20260504T101529Z is now earlier than 20260504T101530Z (20260504T102030Z"
            + " - 5 min.)",
        "InvalidSignatureException");
  }

  @Test
  void a_signature_of_the_future_is_not_yet_current() {
    is(
        signedAt(Duration.ofSeconds(301)).send("POST", "/v1/echo", "{}"),
        403,
        "Signature not yet current: 20260504T102531Z is still later than 20260504T102530Z"
            + " (20260504T102030Z + 5 min.)",
        "InvalidSignatureException");
  }

  @Test
  void who_may_not_invoke_is_told_so() {
    is(
        gateway.client().as(GatewayFixture.RESTRICTED).send("POST", "/v1/echo", "{}"),
        403,
        "User: arn:aws:sts::123456789012:assumed-role/reader/session is not authorized to perform:"
            + " execute-api:Invoke on resource:"
            + " arn:aws:execute-api:ap-southeast-2:********9012:abcdef1234/local/POST/v1/echo",
        "AccessDeniedException");
    assertThat(
            gateway
                .client()
                .as(GatewayFixture.RESTRICTED)
                .send("GET", "/v1/signed", "")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void an_unknown_access_key_is_not_recognised() {
    SigningCredentials stranger = new SigningCredentials("AKIDSTRANGER00000001", "x", null);
    is(
        gateway.client().as(stranger).send("POST", "/v1/echo", "{}"),
        403,
        "The security token included in the request is invalid.",
        "UnrecognizedClientException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "TestKey0000000000000000000000002"})
  void an_unknown_key_is_forbidden(String key) {
    is(
        gateway.client().with("x-api-key", key).send("POST", "/v1/echo", "{}"),
        403,
        "Forbidden",
        "ForbiddenException");
  }

  @Test
  void a_missing_key_is_forbidden() {
    SignedClient keyless =
        new SignedClient(
            gateway.server.endpoint(),
            GatewayFixture.CALLER,
            Clock.fixed(GatewayFixture.NOW, ZoneOffset.UTC));
    is(keyless.send("POST", "/v1/echo", "{}"), 403, "Forbidden", "ForbiddenException");
  }

  @Test
  void a_disabled_key_is_forbidden_until_it_is_enabled() {
    String key = "DisabledKey000000000000000000001";
    UUID record = gateway.keyOn(new UsagePlan("any", 100, 100, null), key);
    SignedClient client = gateway.client().with("x-api-key", key);
    gateway.keys.enable(record, false);
    is(client.send("POST", "/v1/echo", "{}"), 403, "Forbidden", "ForbiddenException");
    gateway.keys.enable(record, true);
    assertThat(client.send("POST", "/v1/echo", "{}").statusCode()).isEqualTo(200);
    gateway.keys.delete(record);
    is(client.send("POST", "/v1/echo", "{}"), 403, "Forbidden", "ForbiddenException");
  }

  @Test
  void too_many_requests_at_once_are_throttled() {
    String key = "BurstOfTwo0000000000000000000001";
    gateway.keyOn(new UsagePlan("burst-of-two", 1, 2, null), key);
    SignedClient client = gateway.client().with("x-api-key", key);
    assertThat(client.send("POST", "/v1/echo", "{}").statusCode()).isEqualTo(200);
    assertThat(client.send("POST", "/v1/echo", "{}").statusCode()).isEqualTo(200);
    is(client.send("POST", "/v1/echo", "{}"), 429, "Too Many Requests", "TooManyRequestsException");
  }

  @Test
  void a_spent_quota_is_the_limit() {
    String key = "QuotaOfOne0000000000000000000001";
    gateway.keyOn(new UsagePlan("quota-of-one", 100, 100, new Quota(1, Period.MONTH)), key);
    SignedClient client = gateway.client().with("x-api-key", key);
    assertThat(client.send("POST", "/v1/echo", "{}").statusCode()).isEqualTo(200);
    is(client.send("POST", "/v1/echo", "{}"), 429, "Limit Exceeded", "LimitExceededException");
  }

  @Test
  void a_body_over_the_gateways_limit_is_too_long() {
    is(
        gateway.client().send("POST", "/v1/echo", "", "x".repeat(10 * 1024 * 1024 + 1)),
        413,
        "Request Too Long",
        "RequestTooLargeException");
  }

  @Test
  void an_event_over_lambdas_limit_is_too_long() {
    is(
        gateway.client().send("POST", "/v1/echo", "x".repeat(6 * 1024 * 1024)),
        413,
        "Request Too Long",
        "RequestTooLargeException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/throws", "/v1/garbage"})
  void a_handler_that_fails_is_an_internal_server_error(String path) {
    is(
        gateway.client().send("GET", path, ""),
        502,
        "Internal server error",
        "InternalServerErrorException");
    assertThat(gateway.log.toString(UTF_8)).doesNotContain("a secret message");
  }

  @Test
  void a_handler_that_takes_too_long_times_out() {
    HttpResponse<String> response = gateway.client().send("GET", "/v1/waits", "");
    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(response.body()).isEqualTo("{\"message\":\"Endpoint request timed out\"}");
    assertThat(response.headers().firstValue("x-amzn-errortype")).isEmpty();
  }

  @Test
  void a_function_without_capacity_is_unavailable_for_two_seconds() {
    HttpResponse<String> response = gateway.client().send("GET", "/v1/throttled", "");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    assertThat(response.headers().firstValue("retry-after")).hasValue("2");
    assertThat(response.headers().firstValue("x-amzn-errortype")).isEmpty();
  }

  private SignedClient signedAt(Duration offset) {
    return gateway.client().at(Clock.fixed(GatewayFixture.NOW.plus(offset), ZoneOffset.UTC));
  }

  private static void is(
      HttpResponse<String> response, int status, String message, String errorType) {
    assertThat(response.body()).isEqualTo("{\"message\":\"" + message + "\"}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-amzn-errortype")).hasValue(errorType);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue("*");
    assertThat(response.headers().firstValue("x-amzn-requestid"))
        .hasValueSatisfying(id -> assertThat(UUID.fromString(id)).isNotNull());
    assertThat(response.headers().firstValue("x-amz-apigw-id")).isPresent();
  }
}
