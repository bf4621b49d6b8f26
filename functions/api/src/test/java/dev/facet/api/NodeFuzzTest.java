package dev.facet.api;

import static dev.facet.api.TestService.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.TestService.Answer;
import java.util.Base64;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever holders of a key send to {@code /node}: they get contract answers, checked against
 * {@code openapi.yaml} by the harness, and never a fault of ours.
 */
class NodeFuzzTest {

  private final NodeCaller caller = NodeCaller.of(new TestService());

  @Property(tries = 300)
  void any_body(@ForAll("events") String event, @ForAll("objects") String body) {
    answersItsCaller(event(event, body));
  }

  @Property(tries = 100)
  void any_text(@ForAll("events") String event, @ForAll String body) {
    answersItsCaller(event(event, body));
  }

  @Property(tries = 100)
  void any_bytes_as_base64(@ForAll("events") String event, @ForAll byte[] body) {
    answersItsCaller(
        event(event, Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true));
  }

  @Property(tries = 300)
  void any_payload(
      @ForAll("sealed") String event,
      @ForAll("encryptions") String encryption,
      @ForAll("payloads") String payload) {
    assertAnswered(
        caller.speaking(encryption).send(event, caller.body("features", payload, "puid", payload)));
  }

  /** Well encrypted, so that what is inside gets as far as it can. */
  @Property(tries = 300)
  void anything_encrypted(
      @ForAll("sealed") String event,
      @ForAll("encryptions") String encryption,
      @ForAll("features") String features) {
    NodeCaller speaking = caller.speaking(encryption);
    String payload = speaking.sealed(features);
    assertAnswered(speaking.send(event, speaking.body("features", payload, "puid", payload)));
  }

  @Property(tries = 200)
  void a_payload_damaged_anywhere(
      @ForAll("sealed") String event,
      @ForAll("encryptions") String encryption,
      @ForAll int position,
      @ForAll char put) {
    NodeCaller speaking = caller.speaking(encryption);
    StringBuilder payload =
        new StringBuilder(speaking.sealed(NodeCaller.features(NodeCaller.face("ann", 1))));
    payload.setCharAt(Math.floorMod(position, payload.length()), put);
    assertAnswered(
        speaking.send(event, speaking.body("features", payload.toString(), "puid", payload)));
  }

  @Property(tries = 100)
  void any_version(@ForAll("versioned") String event, @ForAll String version) {
    ObjectNode request = event(event);
    request.withObject("/pathParameters").put("version", version);
    answersItsCaller(request);
  }

  @Property(tries = 100)
  void any_header(
      @ForAll("events") String event, @ForAll("headers") String header, @ForAll String value) {
    ObjectNode request = event(event);
    request.withObject("/headers").put(header, value);
    answersItsCaller(request);
  }

  @Property(tries = 100)
  void events_with_parts_missing(@ForAll("events") String event, @ForAll("parts") String part) {
    ObjectNode request = event(event);
    answersItsCaller(request.deepCopy().putNull(part));
    request.remove(part);
    answersItsCaller(request);
  }

  private void answersItsCaller(ObjectNode event) {
    assertAnswered(caller.service().invoke(event));
  }

  /** The vendor's 500 for a missing puid is the one exception. */
  private static void assertAnswered(Answer answer) {
    if (answer.status() == 500) {
      assertThat(answer.text()).isEqualTo("{\"status\":-2,\"message\":\"Missing PUID.\"}");
    } else {
      assertThat(answer.status()).isBetween(200, 499);
    }
  }

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of(
        "node-check-api-key",
        "node-enroll",
        "node-enroll-default",
        "node-plain-enroll",
        "node-predict",
        "node-predict-default",
        "node-plain-predict",
        "node-delete-user",
        "node-delete-user-default");
  }

  @Provide
  Arbitrary<String> sealed() {
    return Arbitraries.of("node-enroll", "node-predict", "node-delete-user");
  }

  @Provide
  Arbitrary<String> versioned() {
    return sealed();
  }

  @Provide
  Arbitrary<String> encryptions() {
    return Arbitraries.of("1", "2", "3");
  }

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.of("x-encryption-version", "x-api-key", "idempotency-key", "origin");
  }

  @Provide
  Arbitrary<String> parts() {
    return Arbitraries.of("path", "headers", "pathParameters", "requestContext", "body");
  }

  @Provide
  Arbitrary<String> payloads() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().withChars("0123456789abcdefABCDEF").ofMaxLength(200),
        Arbitraries.bytes()
            .array(byte[].class)
            .map(bytes -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMinSize(64)
            .map(bytes -> "Aw" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
  }

  /** Features that are nearly right: numbers of all kinds, wrong types, names given twice. */
  @Provide
  Arbitrary<String> features() {
    Arbitrary<String> numbers =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(String::valueOf),
            Arbitraries.of("0", "-0.0", "1e-400", "1e400", "1E99999", "9".repeat(900), "1"));
    Arbitrary<String> vectors =
        Arbitraries.oneOf(
            numbers
                .list()
                .ofMinSize(120)
                .ofMaxSize(140)
                .map(list -> list.stream().collect(Collectors.joining(",", "[", "]"))),
            values());
    Arbitrary<String> types =
        Arbitraries.oneOf(
            Arbitraries.of("\"face\"", "\"palm\"", "\"\\ud800\"", "\"\\u0000\""), values());
    Arbitrary<String> ones =
        types.flatMap(
            type ->
                vectors.map(
                    vector -> "{\"type\":" + type + ",\"embedding_vector\":" + vector + "}"));
    Arbitrary<String> lists =
        ones.list()
            .ofMaxSize(3)
            .map(list -> list.stream().collect(Collectors.joining(",", "[", "]")));
    Arbitrary<String> wrapped =
        lists.flatMap(
            list ->
                values()
                    .map(
                        value ->
                            "{\"features\":" + list + ",\"metadata\":{\"id\":" + value + "}}"));
    return Arbitraries.oneOf(ones, lists, wrapped, Arbitraries.strings(), values());
  }

  private static Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "null", "true", "{}", "[]", "-1", "7.5", "1e999", "\"\"", "\"QQ==\"", "\"\\udfff\""),
        Arbitraries.strings().alpha().ofMaxLength(300).map(text -> '"' + text + '"'));
  }

  /** Objects whose properties have the right names, and now and then the right values. */
  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> names =
        Arbitraries.of("features", "metadata", "version", "K", "user_identifier", "puid", "x");
    Arbitrary<String> any =
        Arbitraries.oneOf(
            values(),
            values(),
            features().filter(text -> text.startsWith("{") || text.startsWith("[")),
            Arbitraries.of(
                "\"" + TestService.KEY.secret() + "\"", "\"FACE3_1\"", "{\"id\":\"a\"}"));
    return Arbitraries.maps(names, any)
        .ofMaxSize(7)
        .map(
            properties ->
                properties.entrySet().stream()
                    .map(it -> '"' + it.getKey() + "\":" + it.getValue())
                    .collect(
                        Collectors.joining(
                            ",", "{\"api_key\":\"" + TestService.KEY.secret() + "\",", "}")));
  }
}
