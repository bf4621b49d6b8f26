package dev.facet.api;

import static dev.facet.api.TestService.about;
import static dev.facet.api.TestService.event;
import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * Arbitrary requests get contract answers, checked against {@code openapi.yaml} by the harness, and
 * never a fault of ours.
 */
class FuzzTest {

  private final TestService service = new TestService();

  @Property(tries = 200)
  void any_body(@ForAll("events") String event, @ForAll("bodies") String body) {
    answersItsCaller(event(event, body));
  }

  @Property(tries = 100)
  void any_bytes_as_base64(@ForAll("events") String event, @ForAll byte[] body) {
    answersItsCaller(
        event(event, Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true));
  }

  @Property(tries = 100)
  void any_id(@ForAll("ids") String id) {
    for (String name :
        new String[] {
          "update-subject", "update-subject-by-query", "delete-subject", "delete-subject-by-query"
        }) {
      answersItsCaller(about(id, event(name)));
    }
    answersItsCaller(event("verify-face", "probe", photo("a"), "id", id));
  }

  @Property(tries = 100)
  void any_headers(
      @ForAll("events") String event,
      @ForAll @Size(max = 8) Map<String, String> noise,
      @ForAll("headers") String name,
      @ForAll String value) {
    ObjectNode request = event(event);
    ObjectNode headers = request.withObject("/headers");
    noise.forEach(headers::put);
    headers.put(name, value);
    answersItsCaller(request);
  }

  @Property(tries = 100)
  void events_with_parts_missing(@ForAll("events") String event, @ForAll("parts") String part) {
    ObjectNode request = event(event);
    answersItsCaller(request.deepCopy().putNull(part));
    request.remove(part);
    answersItsCaller(request);
  }

  @Property(tries = 100)
  void any_key(@ForAll String key) {
    ObjectNode request = event("register-subject");
    request.withObject("/requestContext/identity").put("apiKey", key);

    assertThat(service.invoke(request).status()).isEqualTo(403);
  }

  private void answersItsCaller(ObjectNode event) {
    assertThat(service.invoke(event).status()).as("%s", event).isBetween(200, 499);
  }

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of(
        "register-subject",
        "update-subject",
        "update-subject-by-query",
        "delete-subject",
        "delete-subject-by-query",
        "extract-face",
        "search-face",
        "verify-face");
  }

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.of(
        "x-correlation-id", "x-api-key", "origin", "content-type", "idempotency-key", "accept");
  }

  @Provide
  Arbitrary<String> parts() {
    return Arbitraries.of(
        "path",
        "headers",
        "multiValueHeaders",
        "queryStringParameters",
        "stageVariables",
        "requestContext",
        "body",
        "isBase64Encoded");
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().withChars("./%2eF\\~#|:").ofMaxLength(40),
        Arbitraries.strings().withCharRange('\uD7F0', '\uE010').ofMaxLength(20));
  }

  /** Text of all kinds, and objects whose properties have the right names and any values. */
  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of("null", "true", "{}", "[]", "-1", "7000.5", "1e999", "\"\"", "\"QQ==\""),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.doubles().map(String::valueOf),
            Arbitraries.strings().ofMaxLength(60).map(text -> '"' + photo(text) + '"'),
            Arbitraries.strings().ofMaxLength(60).map(text -> '"' + text + '"'));
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("face", "faces", "probe", "id", "threshold", "limit"),
            Arbitraries.strings().alpha().ofMaxLength(5));
    Arbitrary<String> objects =
        Arbitraries.maps(names, values)
            .ofMaxSize(6)
            .map(
                properties ->
                    properties.entrySet().stream()
                        .map(it -> '"' + it.getKey() + "\":" + it.getValue())
                        .collect(Collectors.joining(",", "{", "}")));
    return Arbitraries.oneOf(Arbitraries.strings(), objects, objects);
  }
}
