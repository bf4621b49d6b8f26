package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.Specification;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.local.SignedClient;
import dev.facet.local.administration.LocalAdministration;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.sigv4.SigningCredentials;
import dev.facet.spec.ApiOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of {@code openapi.yaml} sent to the running service, signed, over HTTP; every answer
 * is one that the document promises. Where an example holds a photo, cut short there, a photo is
 * put in its place, and where it holds a subject's made-up id, a subject's.
 */
class ExamplesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Specification SPECIFICATION = new Specification();

  /** The examples' own key: what they hold encrypted is so under it. */
  private static final ApiKey KEY = new ApiKey("FacetEventKey000000000000001");

  /** In the form of version 1, but encrypted by nobody. */
  private static final String UNDECRYPTABLE = "00" + "5a".repeat(16);

  private static final List<String> PHOTOS = List.of("face", "faces", "probe");

  @TempDir private static Path data;

  private static ServiceFixture service;

  /** What came back. */
  private record Answer(int status, String body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(body, e);
      }
    }
  }

  @BeforeAll
  static void start() {
    try (DataFolder folder = DataFolder.open(data);
        EmbeddedDynamo dynamo =
            EmbeddedDynamo.start(folder.folder("dynamodb"), LocalAdministration.TABLES)) {
      Application application = Application.withDefaults(new ApplicationId(UUID.randomUUID()));
      new DynamoApplicationStore(dynamo.client(), LocalAdministration.TABLES)
          .put(null, application);
      new DynamoKeyStore(dynamo.client(), LocalAdministration.TABLES)
          .put(null, record(application));
    }
    service = ServiceFixture.start(data);
  }

  private static KeyRecord record(Application application) {
    return KeyRecord.of(
        UUID.randomUUID(), KEY, application.id(), NewKey.PLAIN, KeyStatus.ACTIVE, Instant.now());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static List<ApiOperation> operations(String prefix) {
    return SPECIFICATION.operations().stream()
        .filter(operation -> operation.function().isPresent())
        .filter(operation -> operation.path().startsWith(prefix))
        .toList();
  }

  static Stream<String> photoOperations() {
    return operations("/v1/").stream().map(ApiOperation::id);
  }

  static Stream<String> nodeOperations() {
    return operations("/node/").stream().map(ApiOperation::id);
  }

  static Stream<String> securedOperations() {
    return Stream.concat(photoOperations(), nodeOperations());
  }

  private static ApiOperation operation(String id) {
    return SPECIFICATION.operations().stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("photoOperations")
  void every_example_of_a_photos_request_succeeds(String id) {
    ApiOperation operation = operation(id);
    for (JsonNode example : requests(operation)) {
      String subject = register(id);
      Answer answer = send(client(operation), operation, subject, filled(id, subject, example));
      assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
      looksLikeAnExample(operation, answer);
    }
  }

  /** In the document's order, so that who is predicted has been enrolled. */
  @Test
  void every_example_of_an_embeddings_request_is_answered_as_shown() {
    Map<String, Answer> answers = new HashMap<>();
    for (ApiOperation operation : operations("/node/")) {
      for (JsonNode example : requests(operation)) {
        Answer answer = send(client(operation), operation, "", example);
        if (operation.id().startsWith("deleteUser")) {
          assertThat(answer.json()).isEqualTo(example(operation, 400, "unknown"));
        } else if (operation.id().equals("enrollmentJob")) {
          assertThat(answer.json()).isEqualTo(example(operation, 404, ""));
        } else {
          assertThat(answer.status()).as("%s %s", operation.id(), answer).isEqualTo(200);
          assertThat(answer.json().path("status").intValue()).isZero();
          looksLikeAnExample(operation, answer);
        }
        answers.put(operation.id(), answer);
      }
    }
    ApiOperation delete = operation("deleteUser");
    JsonNode enrolled =
        key().set("puid", Objects.requireNonNull(answers.get("enroll")).json().path("puid"));
    assertThat(send(client(delete), delete, "", enrolled).json())
        .isEqualTo(example(delete, 200, ""));
    assertThat(send(client(delete), delete, "", enrolled).json())
        .isEqualTo(example(delete, 400, "unknown"));
  }

  @ParameterizedTest
  @MethodSource("securedOperations")
  void who_does_not_sign_is_refused_as_shown(String id) {
    ApiOperation operation = operation(id);
    Answer answer = send(client(operation).unsigned(), operation, "x", key());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json()).isEqualTo(example(operation, 403, "unsigned"));
  }

  @ParameterizedTest
  @MethodSource("securedOperations")
  void who_has_no_key_is_refused_as_shown(String id) {
    ApiOperation operation = operation(id);
    String unknown = "0123456789abcdefghijklmnop";
    Answer answer =
        send(
            client(operation).with("x-api-key", unknown),
            operation,
            "x",
            key().put("api_key", unknown));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json())
        .isEqualTo(example(operation, 403, isNode(operation) ? "badKey" : "forbidden"));
  }

  @ParameterizedTest
  @MethodSource("photoOperations")
  void a_photos_request_that_is_wrong_is_refused_as_shown(String id) {
    ApiOperation operation = operation(id);
    if (isBodiless(operation)) {
      return;
    }
    SignedClient client = client(operation);
    String subject = register(id);
    assertThat(send(client, operation, subject, JSON.createObjectNode()).json())
        .isEqualTo(example(operation, 400, "invalidRequest"));
    assertThat(send(client, operation, subject, filled("-", subject, first(operation))).json())
        .isEqualTo(example(operation, 400, "noFace"));
    ObjectNode large = JSON.createObjectNode().put("face", "A".repeat(6_000_000));
    Answer tooLong = send(client, operation, subject, large);
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.json()).isEqualTo(example(operation, 413, ""));
  }

  @ParameterizedTest
  @MethodSource("nodeOperations")
  void an_embeddings_request_that_is_wrong_is_refused_as_shown(String id) {
    ApiOperation operation = operation(id);
    assertThat(send(keyless(), operation, "", JSON.createObjectNode()).json())
        .isEqualTo(example(operation, 400, "missingKey"));
    ObjectNode unreadable = key().put("features", UNDECRYPTABLE).put("puid", UNDECRYPTABLE);
    isRefused(client(operation), operation, key(), "missingFeatures");
    isRefused(client(operation), operation, unreadable, "undecryptable");
    if (!isBodiless(operation)) {
      SignedClient fourth = client(operation).with("x-encryption-version", "4");
      isRefused(fourth, operation, unreadable, "encryptionVersion");
    }
  }

  private static void isRefused(
      SignedClient client, ApiOperation operation, JsonNode body, String name) {
    if (responses(operation, 400).path("examples").has(name)) {
      assertThat(send(client, operation, "", body).json())
          .as(name)
          .isEqualTo(example(operation, 400, name));
    }
  }

  @Test
  void who_is_unknown_is_not_found_as_shown() {
    for (String id :
        List.of("updateSubject", "updateSubjectByQuery", "deleteSubject", "deleteSubjectByQuery")) {
      ApiOperation operation = operation(id);
      Answer answer =
          send(client(operation), operation, "nobody", filled("a", "", first(operation)));
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json()).isEqualTo(example(operation, 404, ""));
    }
    ApiOperation verify = operation("verifyFace");
    SignedClient client = client(verify);
    assertThat(send(client, verify, "", filled("a", "nobody", first(verify))).json())
        .isEqualTo(example(verify, 404, "unknownSubject"));
    assertThat(send(client, verify, "", filled("bob", register("ann"), first(verify))).json())
        .isEqualTo(example(verify, 404, "notVerified"));
    ApiOperation search = operation("searchFace");
    assertThat(send(client, search, "", filled("nobody", "", first(search))).json())
        .isEqualTo(example(search, 404, ""));
  }

  private static boolean isNode(ApiOperation operation) {
    return operation.path().startsWith("/node/");
  }

  private static boolean isBodiless(ApiOperation operation) {
    return operation.method().equals("GET") || operation.method().equals("DELETE");
  }

  /** Who signs, and shows a key where an operation's examples have none in their bodies. */
  private static SignedClient client(ApiOperation operation) {
    if (!isNode(operation)) {
      return ServiceFixture.client(service.credentials());
    }
    return isBodiless(operation) ? keyless().with("x-api-key", KEY.secret()) : keyless();
  }

  private static SignedClient keyless() {
    Credentials credentials = service.credentials();
    return new SignedClient(
            credentials.endpoint(),
            new SigningCredentials(credentials.accessKeyId(), credentials.secretAccessKey(), null),
            Clock.systemUTC())
        .with("content-type", "application/json");
  }

  private static ObjectNode key() {
    return JSON.createObjectNode().put("api_key", KEY.secret());
  }

  private static String register(String person) {
    return service.caller().register(FakeFaces.photo(person + "/1")).id();
  }

  /** The request bodies that an operation shows; one that is empty where it takes none. */
  private static List<JsonNode> requests(ApiOperation operation) {
    List<JsonNode> bodies = new ArrayList<>();
    operation
        .definition()
        .at("/requestBody/content/application~1json/examples")
        .forEach(example -> bodies.add(example.path("value")));
    return bodies.isEmpty() ? List.of(JSON.createObjectNode()) : bodies;
  }

  private static JsonNode first(ApiOperation operation) {
    return requests(operation).getFirst();
  }

  /** An example with a person's photo and a subject's id. */
  private static ObjectNode filled(String person, String subject, JsonNode example) {
    ObjectNode body = example.deepCopy();
    for (String name : PHOTOS) {
      if (body.has(name)) {
        body.put(name, FakeFaces.photo(person));
      }
    }
    return body.has("id") ? body.put("id", subject) : body;
  }

  /** Sends a request and checks that its answer is a documented one. */
  private static Answer send(
      SignedClient client, ApiOperation operation, String subject, JsonNode body) {
    String path =
        operation
            .path()
            .replace("{id}", subject)
            .replace("{version}", "FACE3_1")
            .replace("{job}", "made-by-the-service");
    HttpResponse<String> response =
        client.send(
            operation.method(),
            operation.id().endsWith("ByQuery") ? path + "?id=" + subject : path,
            isBodiless(operation) ? "" : body.toString());
    String text = response.body();
    SPECIFICATION.check(operation, response.statusCode(), text.isEmpty() ? null : text);
    return new Answer(response.statusCode(), text);
  }

  private static JsonNode responses(ApiOperation operation, int status) {
    return operation
        .definition()
        .path("responses")
        .path(Integer.toString(status))
        .at("/content/application~1json");
  }

  /** The example of this name; of no name where an answer has one only. */
  private static JsonNode example(ApiOperation operation, int status, String name) {
    JsonNode content = responses(operation, status);
    return name.isEmpty()
        ? content.path("example")
        : content.path("examples").path(name).path("value");
  }

  /** Has the same properties as one of the answers shown for its status. */
  private static void looksLikeAnExample(ApiOperation operation, Answer answer) {
    JsonNode content = responses(operation, answer.status());
    if (content.isMissingNode()) {
      return;
    }
    List<Set<String>> shown = new ArrayList<>();
    content.path("examples").forEach(example -> shown.add(names(example.path("value"))));
    if (content.has("example")) {
      shown.add(names(content.path("example")));
    }
    assertThat(shown).as("%s", answer).contains(names(answer.json()));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
