package dev.facet.api;

import static dev.facet.api.TestService.about;
import static dev.facet.api.TestService.event;
import static dev.facet.core.fakes.FakeFaces.photo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyStatus;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers get wrong, and what they are told. */
class BadInputTest {

  private final TestService service = new TestService();

  @ParameterizedTest
  @CsvSource({
    "register-subject, face",
    "update-subject, face",
    "extract-face, faces",
    "search-face, probe",
    "verify-face, probe"
  })
  void a_missing_photo_is_named(String event, String property) {
    isInvalid(event(event, "{}"), property + " property must be provided.");
    isInvalid(event(event, property, ""), property + " property must be provided.");
    isInvalid(event(event, property, 17), property + " property must be a string.");
    isInvalid(
        event(event, "{\"" + property + "\":null}"), property + " property must be provided.");
    isInvalid(
        event(event, "{\"" + property + "\":[\"a\"]}"), property + " property must be a string.");
  }

  @ParameterizedTest
  @CsvSource({"register-subject, face", "extract-face, faces", "search-face, probe"})
  void a_photo_that_is_none_is_refused(String event, String property) {
    isInvalid(event(event, property, "no base64!"), property + " property must be a base64 image.");
    isInvalid(event(event, property, photo("?")), "it is not an image");
  }

  @Test
  void whether_quality_is_measured_is_true_or_false() {
    for (Object value : List.of("true", 1)) {
      isInvalid(
          event("extract-face", "faces", photo("ann"), "quality", value),
          "quality property must be true or false.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "register-subject",
        "update-subject",
        "extract-face",
        "search-face",
        "verify-face"
      })
  void a_body_that_is_no_object_is_refused(String event) {
    String object = "body must be a JSON object.";
    String json = "body must be valid JSON, each name once, at most 32 levels deep.";

    isInvalid(event(event, (String) null), object);
    isInvalid(event(event, ""), object);
    isInvalid(event(event, "[1]"), object);
    isInvalid(event(event, "null"), object);
    isInvalid(event(event, "\"face\""), object);
    isInvalid(event(event, "not JSON"), json);
    isInvalid(event(event, "{\"face\":\"a\"} trailing"), json);
    isInvalid(event(event, "{\"face\":\"a\",\"face\":\"b\"}"), json);
  }

  @Test
  void a_body_beyond_the_limits_of_json_is_told_so() {
    String limits =
        "body must be nested at most 32 levels deep, with numbers of at most 10000 digits.";

    isInvalid(event("extract-face", "{\"x\":".repeat(100_000)), limits);
    isInvalid(event("extract-face", "{\"x\":" + "[".repeat(32) + "]".repeat(32) + "}"), limits);
    isInvalid(event("extract-face", "{\"x\":" + "9".repeat(10_001) + "}"), limits);
  }

  @Test
  void an_unknown_property_may_be_long() {
    for (String unknown :
        List.of(
            "\"x\":" + "9".repeat(5_000),
            "\"x\":1." + "9".repeat(5_000),
            "\"" + "x".repeat(60_000) + "\":1",
            "\"x\":\"" + "x".repeat(60_000) + "\"")) {
      String body = "{\"faces\":\"%s\",%s}".formatted(photo("ann/1"), unknown);
      assertThat(service.invoke(event("extract-face", body)).status()).isEqualTo(200);
    }
  }

  /** As API Gateway passes it on, with U+FFFD for what is no UTF-8, and in base64. */
  @ParameterizedTest
  @CsvSource({
    "1f8b0800000000000003, compressed with gzip; send it uncompressed",
    "ffd8ffe000104a464946, a JPEG file; send it in base64 in a property of a JSON object",
    "89504e470d0a1a0a0000, a PNG file; send it in base64 in a property of a JSON object",
    "474946383961, an image file; send it in base64 in a property of a JSON object"
  })
  void a_binary_body_is_refused_by_name(String hex, String name) {
    byte[] body = HexFormat.of().parseHex(hex);
    String message = "body must be JSON, but is " + name + ".";

    isInvalid(event("extract-face", new String(body, UTF_8)), message);
    isInvalid(
        event("extract-face", Base64.getEncoder().encodeToString(body))
            .put("isBase64Encoded", true),
        message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "10000",
        "\"x\"",
        "\"7000\"",
        "7000.5",
        "true",
        "[]",
        "1e400",
        "99999999999999999999"
      })
  void a_threshold_is_an_integer_up_to9999(String threshold) {
    isInvalid(
        event(
            "search-face", "{\"probe\":\"%s\",\"threshold\":%s}".formatted(photo("a"), threshold)),
        "threshold property must be an integer from 0 to 9999.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "51", "-1", "\"10\"", "1.5", "{}"})
  void a_limit_is_an_integer_from1_to50(String limit) {
    isInvalid(
        event("search-face", "{\"probe\":\"%s\",\"limit\":%s}".formatted(photo("a"), limit)),
        "limit property must be an integer from 1 to 50.");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "9999, 50", "7000.0, 1e1"})
  void the_bounds_of_threshold_and_limit_are_within(String threshold, String limit) {
    String body =
        "{\"probe\":\"%s\",\"threshold\":%s,\"limit\":%s}"
            .formatted(photo("nobody"), threshold, limit);

    assertThat(service.invoke(event("search-face", body)).status()).isEqualTo(404);
  }

  @Test
  void verification_needs_an_id() {
    isInvalid(event("verify-face", "probe", photo("a")), "id property must be provided.");
    isInvalid(event("verify-face", "probe", photo("a"), "id", 5), "id property must be a string.");
    isInvalid(event("verify-face", "probe", photo("a"), "id", ""), "id property must be provided.");
  }

  @Test
  void a_query_without_an_id_is_refused() {
    for (String name : new String[] {"update-subject-by-query", "delete-subject-by-query"}) {
      ObjectNode event = event(name);
      event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
      isInvalid(event, "id property must be provided.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..%2F..%2Fetc%2Fpasswd",
        "日本語-😀",
        "%F0%9F%98%80",
        "%",
        "%zz",
        "%00",
        " ",
        "necidguid-0000-0000-0000-000000000000",
        "a#b|c~head",
        "\u0000",
        "\uD800"
      })
  void no_form_of_an_id_is_more_than_unknown(String id) {
    for (String name :
        new String[] {
          "update-subject", "update-subject-by-query", "delete-subject", "delete-subject-by-query"
        }) {
      assertThat(service.invoke(about(id, event(name))).status()).isEqualTo(404);
    }
    assertThat(service.invoke(event("verify-face", "probe", photo("a"), "id", id)).status())
        .isEqualTo(404);
  }

  @Test
  void a_long_id_is_unknown() {
    assertThat(service.invoke(about("x".repeat(8_000), event("delete-subject"))).status())
        .isEqualTo(404);
  }

  @Test
  void a_photo_without_a_face_or_of_poor_quality_is_refused() {
    isError(event("register-subject", "face", photo("-")), 400, 2001, "NoFace");
    isError(event("extract-face", "faces", photo("-")), 400, 2001, "NoFace");
    isError(event("register-subject", "face", photo("anna/1/0.2")), 400, 2002, "PoorQuality");
    isError(event("search-face", "probe", photo("anna/1/0.2")), 400, 2002, "PoorQuality");
  }

  @Test
  void several_prominent_faces_are_refused() {
    TestService crowded = new TestService(faces -> FaultyFaces.with(new MultipleFaces()));
    TestService.Answer answer = crowded.invoke(event("register-subject"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errorCode").asInt()).isEqualTo(2003);
  }

  @Test
  void unknown_properties_are_ignored() {
    assertThat(
            service
                .invoke(event("register-subject", "face", photo("a"), "comment", "hello"))
                .status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"register-subject", "delete-subject"})
  void a_body_over_the_limit_is_not_read(String event) {
    TestService.Answer plain = service.invoke(event(event, "x".repeat(6_000_001)));
    TestService.Answer multibyte = service.invoke(event(event, "é".repeat(3_000_001)));
    TestService.Answer base64 =
        service.invoke(
            event(event, Base64.getEncoder().encodeToString(new byte[6_000_003]))
                .put("isBase64Encoded", true));

    for (TestService.Answer answer : new TestService.Answer[] {plain, multibyte, base64}) {
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.text()).isEqualTo("{\"message\":\"Request Too Long\"}");
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("RequestTooLargeException");
    }
  }

  @Test
  void a_body_of_the_limit_is_read() {
    String body = "{\"face\":\"" + "A".repeat(5_999_988) + "\"}";
    String padded = body + " ".repeat(6_000_000 - body.length());

    assertThat(service.invoke(event("register-subject", padded)).status()).isEqualTo(201);
  }

  @Test
  void a_body_may_come_as_base64() {
    byte[] body = event("register-subject").path("body").asText().getBytes(UTF_8);
    ObjectNode event = event("register-subject", Base64.getEncoder().encodeToString(body));

    assertThat(service.invoke(event.put("isBase64Encoded", true)).status()).isEqualTo(201);
    isInvalid(event.put("body", "*not base64*"), "body must be valid base64.");
  }

  @Test
  void only_an_active_key_is_admitted() {
    ApiKey disabled = new ApiKey("FacetDisabledKey0000000000001");
    service.store(disabled, KeyStatus.DISABLED);

    assertThat(service.invoke(withKey(TestService.KEY.secret())).status()).isEqualTo(201);
    isForbidden(withKey(disabled.secret()));
    isForbidden(withKey("FacetUnknownKey00000000000001"));
    isForbidden(withKey("short"));
    isForbidden(withKey(null));
    ObjectNode bare = withKey(null);
    bare.remove("requestContext");
    isForbidden(bare);
  }

  @Test
  void a_key_without_an_application_is_refused() {
    TestService orphaned = new TestService();
    orphaned.keys.list().forEach(orphaned.keys::delete);

    assertThat(orphaned.invoke(event("register-subject")).status()).isEqualTo(403);
  }

  @Test
  void the_header_serves_where_the_gateway_names_no_key() {
    ObjectNode event = event("register-subject");
    event.withObject("/requestContext/identity").remove("apiKey");
    assertThat(service.invoke(event).status()).isEqualTo(201);

    event.withObject("/headers").remove("x-api-key");
    event.withObject("/headers").put("X-API-Key", TestService.KEY.secret());
    assertThat(service.invoke(event).status()).isEqualTo(201);
  }

  @Test
  void the_key_is_checked_before_the_body_is_read() {
    isForbidden(withKey(null).put("body", "not JSON"));
  }

  private static ObjectNode withKey(@Nullable String key) {
    ObjectNode event = event("register-subject");
    event.withObject("/headers").put("x-api-key", key);
    event.withObject("/requestContext/identity").put("apiKey", key);
    return event;
  }

  private void isForbidden(ObjectNode event) {
    TestService.Answer answer = service.invoke(event);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).isEqualTo("{\"message\":\"Forbidden\"}");
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("ForbiddenException");
  }

  private void isInvalid(ObjectNode event, String message) {
    assertThat(isError(event, 400, 1001, "InvalidRequest").body().path("message").asText())
        .isEqualTo(message);
  }

  private TestService.Answer isError(ObjectNode event, int status, int code, String type) {
    TestService.Answer answer = service.invoke(event);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.body().path("errorCode").asInt()).isEqualTo(code);
    assertThat(answer.body().path("errorType").asText()).isEqualTo(type);
    return answer;
  }
}
