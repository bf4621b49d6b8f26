package dev.facet.local.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.gallery.Template;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.local.SignedClient;
import dev.facet.local.sigv4.SigningCredentials;
import dev.facet.spec.NodeAuth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /node} over HTTP: one service that wants signatures, and one that the key suffices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeServiceIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ServiceFixture signed;
  private ServiceFixture keyOnly;

  @BeforeAll
  void start(@TempDir Path temporary) {
    signed = ServiceFixture.start(temporary.resolve("signed"));
    NodeOptions key = new NodeOptions(NodeAuth.KEY, 0, MatchingRules.DEFAULT);
    keyOnly =
        ServiceFixture.start(
            ServiceFixture.options(temporary.resolve("key"), false, true, key),
            ServiceFixture.fakes());
  }

  @AfterAll
  void stop() {
    signed.close();
    keyOnly.close();
  }

  /** A client that sends what curl would: a content type and a body. */
  private static SignedClient anyone(ServiceFixture service) {
    return new SignedClient(
            service.credentials().endpoint(),
            new SigningCredentials("AKIAIOSFODNN7EXAMPLE", "secret", null),
            Clock.systemUTC())
        .unsigned()
        .with("content-type", "application/json");
  }

  private static SignedClient signing(ServiceFixture service) {
    Credentials credentials = service.credentials();
    return new SignedClient(
        credentials.endpoint(),
        new SigningCredentials(credentials.accessKeyId(), credentials.secretAccessKey(), null),
        Clock.systemUTC());
  }

  private static ObjectNode body(ServiceFixture service) {
    return JSON.createObjectNode().put("api_key", service.credentials().apiKey());
  }

  private static ObjectNode embedding(String person, int shot) {
    Template template = FakeFaces.template(person, "" + shot);
    return JSON.createObjectNode()
        .put("type", template.factor())
        .set("embedding_vector", JSON.valueToTree(template.vector()));
  }

  private static String plain(ServiceFixture service, String person, int shot) {
    return body(service).<ObjectNode>set("features", embedding(person, shot)).toString();
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_signature_is_asked_for_by_default_and_the_key_may_be_in_the_body() {
    HttpResponse<String> refused =
        anyone(signed).send("POST", "/node/plainEnroll", plain(signed, "carl", 1));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    HttpResponse<String> enrolled =
        signing(signed).send("POST", "/node/plainEnroll", plain(signed, "carl", 1));
    assertThat(enrolled.statusCode()).isEqualTo(200);
    assertThat(json(enrolled).path("message").asText()).isEqualTo("Ok");
    assertThat(
            signing(signed)
                .send("POST", "/node/api-key/checkApiKeyValid", body(signed).toString())
                .body())
        .isEqualTo("{\"status\":0,\"message\":\"API Key is valid\"}");
    assertThat(signing(signed).send("POST", "/node/api-key/checkApiKeyValid", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void the_key_suffices_where_a_deployment_says_so() {
    SignedClient curl = anyone(keyOnly);
    JsonNode enrolled = json(curl.send("POST", "/node/plainEnroll", plain(keyOnly, "ann", 1)));
    JsonNode found = json(curl.send("POST", "/node/plainPredict", plain(keyOnly, "ann", 2)));
    assertThat(found.path("puid")).isEqualTo(enrolled.path("puid"));
    assertThat(
            curl.with("x-api-key", keyOnly.credentials().apiKey())
                .send("POST", "/node/api-key/checkApiKeyValid", "")
                .statusCode())
        .isEqualTo(200);
    assertThat(json(curl.send("POST", "/node/enroll", "{}")).path("message").asText())
        .isEqualTo("Missing api key");
    assertThat(
            curl.with("x-api-key", keyOnly.credentials().apiKey())
                .send("POST", "/v1/face/search", "{}")
                .statusCode())
        .isEqualTo(403);
    HttpResponse<String> deleted =
        curl.send(
            "POST",
            "/node/FACE3_3/deleteUser",
            body(keyOnly).put("puid", enrolled.path("puid").asText()).toString());
    assertThat(deleted.body()).isEqualTo("{\"status\":200,\"message\":\"delete successful\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void encrypted_requests_go_through_the_whole_service(String version) {
    PayloadCipher cipher =
        new PayloadCiphers(1, new SecureRandom())
            .forRequest(version, new ApiKey(keyOnly.credentials().apiKey()));
    PayloadContext puid = new PayloadContext(new ModelVersion("FACE4_" + version), Field.PUID);
    String features =
        cipher.encrypt(
            JSON.createObjectNode()
                .set("features", JSON.createArrayNode().add(embedding("ann", 1)))
                .toString(),
            new PayloadContext(new ModelVersion("FACE4_" + version), Field.FEATURES));
    SignedClient curl = anyone(keyOnly).with("x-encryption-version", version);
    String path = "/node/FACE4_" + version;
    String request = body(keyOnly).put("features", features).toString();

    JsonNode enrolled = json(curl.send("POST", path + "/enroll", request));
    JsonNode found = json(curl.send("POST", path + "/predict", request));
    assertThat(found.path("score").intValue()).isZero();
    assertThat(cipher.decrypt(found.path("puid").asText(), puid))
        .isEqualTo(cipher.decrypt(enrolled.path("puid").asText(), puid));
    String deletion = body(keyOnly).set("puid", enrolled.path("puid")).toString();
    assertThat(curl.send("POST", path + "/deleteUser", deletion).statusCode()).isEqualTo(200);
    assertThat(curl.send("POST", path + "/deleteUser", deletion).statusCode()).isEqualTo(400);
  }

  @Test
  void concurrent_enrolments_of_twenty_people_make_twenty_subjects() throws Exception {
    SignedClient client = signing(signed);
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      List<Callable<HttpResponse<String>>> enrolments =
          IntStream.range(0, 200)
              .<Callable<HttpResponse<String>>>mapToObj(
                  i ->
                      () ->
                          client.send(
                              "POST",
                              "/node/plainEnroll",
                              plain(signed, "crowd-" + i % 20, i / 20)))
              .toList();
      threads.invokeAll(enrolments).stream().map(Future::resultNow).forEach(answers::add);
    }

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
    Set<String> people =
        answers.stream()
            .map(answer -> json(answer).path("puid").asText())
            .collect(Collectors.toSet());
    assertThat(people).hasSize(20);
    assertThat(answers)
        .filteredOn(answer -> json(answer).path("message").asText().equals("Ok"))
        .hasSize(20);
    for (int i = 0; i < 20; i++) {
      JsonNode found =
          json(client.send("POST", "/node/plainPredict", plain(signed, "crowd-" + i, 99)));
      assertThat(people).contains(found.path("puid").asText());
    }
  }

  @Test
  void pages_may_ask_what_they_may_send() {
    HttpResponse<String> preflight =
        anyone(signed)
            .with("origin", "https://page.example")
            .with("access-control-request-method", "POST")
            .send("OPTIONS", "/node/FACE3_1/enroll", "");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("access-control-allow-headers").orElse(""))
        .contains("x-encryption-version", "idempotency-key", "x-api-key");
  }

  @Test
  void the_served_specification_says_whether_node_is_signed() throws IOException {
    for (ServiceFixture service : List.of(signed, keyOnly)) {
      JsonNode document =
          JSON.readTree(anyone(service).send("GET", "/openapi.json", "").body().getBytes(UTF_8));
      assertThat(document.at("/paths/~1node~1plainEnroll/post/security").toString())
          .isEqualTo(service == keyOnly ? "[]" : "[{\"sigv4\":[]}]");
      assertThat(document.at("/paths/~1v1~1subjects/post/security").toString())
          .isEqualTo("[{\"sigv4\":[],\"api_key\":[]}]");
    }
  }
}
