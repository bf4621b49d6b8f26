package dev.facet.api;

import static dev.facet.api.TestService.about;
import static dev.facet.api.TestService.event;
import static dev.facet.core.fakes.FakeFaces.photo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.InternalFault;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all handlers do alike: correlation, CORS, deadlines, operations and the log. */
class EdgeTest {

  private final TestService service = new TestService();
  private final FaultyFaces faces = FaultyFaces.with(new NoFace());
  private final TestService recording = new TestService(inProcess -> faces);

  @Test
  void the_correlation_id_is_echoed_logged_and_handed_on() {
    TestService.Answer answer = recording.invoke(event("register-subject"));

    assertThat(answer.header("x-correlation-id")).isEqualTo("event-0001");
    assertThat(Specification.read(recording.log.getFirst()).path("correlationId").asText())
        .isEqualTo("event-0001");
    assertThat(faces.asked.getFirst().call().correlationId()).isEqualTo("event-0001");
  }

  @Test
  void a_correlation_id_is_made_where_none_is_given() {
    String first = service.invoke(correlated(null)).header("x-correlation-id");

    assertThat(first).matches("[0-9a-f-]{36}");
    assertThat(service.invoke(correlated(null)).header("x-correlation-id")).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\tb", "a\r\nset-cookie: x", "a\u007f", "é"})
  void a_correlation_id_of_other_than_visible_ascii_is_replaced(String given) {
    assertThat(service.invoke(correlated(given)).header("x-correlation-id"))
        .matches("[0-9a-f-]{36}");
    assertThat(service.invoke(correlated("x".repeat(129))).header("x-correlation-id"))
        .matches("[0-9a-f-]{36}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|7dd7.1.",
        "{0f8fad5b-d9cb-469f-a165-70867728950e}",
        "a,b",
        "a~b",
        "\",\"fault\":\"none",
        "\\n\\u000a"
      })
  void a_correlation_id_of_visible_ascii_is_echoed_and_logged_as_it_is(String given) {
    assertThat(recording.invoke(correlated(given)).header("x-correlation-id")).isEqualTo(given);
    assertThat(recording.log).hasSize(1);
    assertThat(recording.log.getFirst().strip()).doesNotContain("\n");
    assertThat(Specification.read(recording.log.getFirst()).path("correlationId").asText())
        .isEqualTo(given);
    assertThat(service.invoke(correlated("!".repeat(128))).header("x-correlation-id"))
        .isEqualTo("!".repeat(128));
  }

  @Test
  void every_answer_may_be_read_by_pages_and_names_its_type() {
    for (ObjectNode event :
        List.of(
            event("register-subject"),
            event("register-subject", "not JSON"),
            event("delete-subject"),
            event("search-face"))) {
      TestService.Answer answer = service.invoke(event);
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.header("access-control-expose-headers")).contains("x-correlation-id");
      assertThat(answer.header("content-type")).isEqualTo("application/json");
    }
  }

  @Test
  void an_empty_answer_has_no_type() {
    String id = service.invoke(event("register-subject")).body().path("id").asText();

    assertThat(service.invoke(about(id, event("delete-subject"))).headers().has("content-type"))
        .isFalse();
  }

  @Test
  void the_face_service_has_twenty_seconds_or_what_the_invocation_leaves_it() {
    assertThat(timeFor(28_000)).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(20));
    assertThat(timeFor(10_000)).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));
    assertThat(timeFor(1_000)).isNegative();
  }

  @Test
  void each_request_is_an_operation_of_its_own() {
    CallContext first = call(event("register-subject"));
    CallContext second = call(event("register-subject"));

    assertThat(first.operation()).isNotEqualTo(second.operation());
    assertThat(first.requestDigest()).isEqualTo(second.requestDigest());
  }

  @Test
  void an_idempotency_key_names_the_operation_of_one_route() {
    CallContext registered = call(withIdempotencyKey(event("register-subject")));

    assertThat(call(withIdempotencyKey(event("register-subject"))).operation())
        .isEqualTo(registered.operation());
    assertThat(call(withIdempotencyKey(event("update-subject"))).operation())
        .isNotEqualTo(registered.operation());
  }

  @Test
  void the_digest_tells_requests_apart_by_what_they_mean() {
    CallContext one = call(event("update-subject", "face", "QQ=="));

    assertThat(call(event("update-subject", " { \"face\" :\"QQ==\", \"comment\":1} ")))
        .extracting(CallContext::requestDigest)
        .isEqualTo(one.requestDigest());
    assertThat(call(event("update-subject", "face", "QUE=")).requestDigest())
        .isNotEqualTo(one.requestDigest());
    assertThat(call(about("other", event("update-subject", "face", "QQ=="))).requestDigest())
        .isNotEqualTo(one.requestDigest());
  }

  @Test
  void a_request_is_one_line_in_the_log() {
    service.invoke(event("register-subject"));

    assertThat(service.log).hasSize(1);
    JsonNode line = Specification.read(service.log.getFirst());
    assertThat(line.path("handler").asText()).isEqualTo("RegisterSubjectHandler");
    assertThat(line.path("applicationId").asText()).isEqualTo(service.application.id().toString());
    assertThat(line.path("status").asInt()).isEqualTo(201);
    assertThat(line.path("resource").asText()).isEqualTo("/v1/subjects");
  }

  @Test
  void the_log_says_what_failed() {
    recording.invoke(event("register-subject"));
    TestService broken =
        new TestService(
            inProcess ->
                FaultyFaces.with(
                    new InternalFault("damaged", new IllegalStateException("with a secret"))));
    broken.invoke(event("register-subject"));

    assertThat(Specification.read(recording.log.getFirst()).path("fault").asText())
        .isEqualTo("NoFace");
    assertThat(Specification.read(broken.log.getFirst()).path("trace").asText())
        .contains("EdgeTest", "caused by java.lang.IllegalStateException")
        .doesNotContain("secret");
  }

  @Test
  void no_key_image_or_subject_reaches_the_log() throws Exception {
    String key = TestService.KEY.secret();
    String id = service.invoke(event("register-subject")).body().path("id").asText();
    String image = photo("somebody to be kept private");
    for (ObjectNode event :
        List.of(
            event("register-subject", "face", image),
            event("search-face", "probe", image),
            event("verify-face", "probe", image, "id", id),
            event("register-subject", "{\"face\":\"" + image),
            about(id, event("update-subject", "face", image)),
            about(id, event("delete-subject")))) {
      service.invoke(event);
    }
    TestService broken =
        new TestService(inProcess -> FaultyFaces.with(new IllegalArgumentException(image + key)));
    broken.invoke(event("register-subject"));

    byte[] payloadKey = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    assertThat(String.join("", service.log) + broken.log)
        .doesNotContain(key, HexFormat.of().formatHex(payloadKey), image, id);
  }

  private Duration timeFor(int remainingMillis) {
    Instant before = Instant.now();
    recording.invoke(event("search-face"), remainingMillis);
    return Duration.between(before, faces.asked.getLast().call().deadline())
        .minus(Duration.between(before, Instant.now()));
  }

  private CallContext call(ObjectNode event) {
    recording.invoke(event);
    return faces.asked.getLast().call();
  }

  private static ObjectNode correlated(@Nullable String id) {
    ObjectNode event = event("search-face");
    event.withObject("/headers").put("x-correlation-id", id);
    return event;
  }

  private static ObjectNode withIdempotencyKey(ObjectNode event) {
    event.withObject("/headers").put("Idempotency-Key", "order-17");
    return event;
  }
}
