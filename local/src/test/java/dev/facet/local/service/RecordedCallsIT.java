package dev.facet.local.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.DynamoLogErasureStore;
import dev.facet.aws.DynamoPlanStore;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.LogErasure;
import dev.facet.core.gallery.Template;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.plans.UsagePlan;
import dev.facet.local.lambda.InvocationFault;
import dev.facet.spec.ApiSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Records the AWS calls of every function while it serves requests, runs out of luck and cleans up,
 * and compares them with {@code checks/templates/calls.json}. With the property {@code
 * facet.update}, it rewrites that file. {@code checks/templates/permissions.js} evaluates the roles
 * of the stack against it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedCallsIT {

  private static final Path ROOT = Path.of(System.getProperty("facet.root", ".."));
  private static final Path RECORDED = ROOT.resolve("checks/templates/calls.json");
  private static final boolean UPDATE = System.getProperty("facet.update") != null;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ApiKey KEY = new ApiKey("FacetEventKey000000000000001");
  private static final String PLAN = "plan-1";

  private final SettableClock clock = new SettableClock();
  private final Application application =
      new Application(
          new ApplicationId(UUID.randomUUID()),
          0.1,
          7_000,
          true,
          Application.EnrolAnswer.values()[0]);

  @TempDir private Path folder;

  @Test
  void the_recorded_calls_of_each_function_are_those_on_file() throws IOException {
    String calls;
    try (RecordedFunctions functions = new RecordedFunctions(folder, clock)) {
      List<String> letters = letters(functions);
      photos(functions);
      embeddings(functions);
      queued(functions);
      dead(functions, letters);
      swept(functions);
      repaired(functions);
      calls = text(functions);
    }
    if (UPDATE) {
      Files.writeString(RECORDED, calls);
    }
    assertThat(calls).isEqualTo(Files.readString(RECORDED));
  }

  private void admit(RecordedFunctions functions) {
    new DynamoApplicationStore(functions.tables(), RecordedFunctions.TABLES).put(null, application);
    new DynamoPlanStore(functions.tables(), RecordedFunctions.TABLES)
        .put(
            null,
            PlanRecord.open(
                new UsagePlan(PLAN, 100, 200, new UsagePlan.Quota(1_000, UsagePlan.Period.DAY))));
    new DynamoKeyStore(functions.tables(), RecordedFunctions.TABLES)
        .put(
            null,
            KeyRecord.of(
                UUID.randomUUID(),
                KEY,
                application.id(),
                new NewKey(null, NewKey.NODE, PLAN, null, null),
                KeyStatus.ACTIVE,
                clock.instant()));
  }

  private void photos(RecordedFunctions functions) {
    String id = ok(photo(functions, "register-subject", "face", "ann/1", "")).path("id").asText();
    ok(photo(functions, "update-subject", "face", "ann/2", id));
    ok(photo(functions, "extract-face", "faces", "ann/3", ""));
    ok(photo(functions, "search-face", "probe", "ann/3", ""));
    ok(photo(functions, "verify-face", "probe", "ann/3", id));
    ok(photo(functions, "delete-subject", "face", "ann/1", id));
    // an upload that is refused leaves its note to the sweep
    functions.invokeRefusing(
        "s3:PutObject FACET_IMAGES_BUCKET",
        () ->
            assertThat(status(photo(functions, "register-subject", "face", "bob/1", "")))
                .isEqualTo(500));
  }

  private void embeddings(RecordedFunctions functions) {
    ok(node(functions, "node-check-api-key"));
    String puid = ok(node(functions, "node-plain-enroll", "ann", 1)).path("puid").asText();
    ok(node(functions, "node-plain-enroll", "ann", 2));
    ok(node(functions, "node-plain-predict", "ann", 3));
    ok(node(functions, "node-enroll", "bob", 1));
    ok(node(functions, "node-predict", "bob", 2));
    ObjectNode deletion = event("node-delete-user");
    deletion.withObject("/pathParameters").put("version", "FACE3_3");
    deletion.withObject("/headers").remove("x-encryption-version");
    ok(send(functions, body(deletion, "puid", puid)));
  }

  /** Enrolments while the face function has no capacity, and after that. */
  private void queued(RecordedFunctions functions) {
    functions.failFace(Kind.THROTTLED);
    String job = accepted(node(functions, "node-plain-enroll", "cyd", 1));
    accepted(node(functions, "node-enroll", "dan", 1));
    ObjectNode state = event("node-job");
    state.withObject("/pathParameters").put("job", job).put("version", "FACE3_3");
    ok(send(functions, state));
    List<Message> messages = received(functions);
    functions.run("EnrolmentWorker", delivery(messages));
    functions.failFace(null);
    functions.run("EnrolmentWorker", delivery(messages));
  }

  /** Returns the messages of a job whose replays are over and of one that is to be replayed. */
  private List<String> letters(RecordedFunctions functions) {
    clock.advance(Duration.ofDays(-13).minusHours(1));
    admit(functions);
    functions.failFace(Kind.NO_CAPACITY);
    String over = message(functions, "fay");
    clock.advance(Duration.ofDays(13).plusMinutes(40));
    String replayed = message(functions, "eve");
    clock.advance(Duration.ofMinutes(20));
    functions.failFace(null);
    return List.of(over, replayed);
  }

  private static String message(RecordedFunctions functions, String person) {
    accepted(node(functions, "node-plain-enroll", person, 1));
    return received(functions).getFirst().body();
  }

  private void dead(RecordedFunctions functions, List<String> letters) {
    for (String letter : letters) {
      functions
          .queues()
          .sendMessage(send -> send.queueUrl(functions.deadLetters()).messageBody(letter));
    }
    clock.advance(Duration.ofMinutes(50));
    functions.run("DeadLetter", "{}".getBytes(UTF_8));
  }

  private void swept(RecordedFunctions functions) {
    // a note of a commit that the log does not hold, as after a restore
    new DynamoLogErasureStore(functions.tables(), RecordedFunctions.TABLES)
        .add(
            new LogErasure(
                GalleryId.ofEmbeddings(application.id(), "FACE3"),
                1_000_000,
                List.of(),
                true,
                clock.instant()));
    // one whose whole log is read
    new DynamoLogErasureStore(functions.tables(), RecordedFunctions.TABLES)
        .add(
            new LogErasure(
                GalleryId.ofImages(application.id(), "fake-512"),
                1,
                List.of(),
                true,
                clock.instant()));
    clock.advance(Duration.ofHours(25));
    functions.invokeRefusing(
        "s3:DeleteObject FACET_IMAGES_BUCKET",
        () ->
            assertThatThrownBy(() -> functions.run("SweepImages", "{}".getBytes(UTF_8)))
                .isInstanceOf(InvocationFault.class));
    clock.advance(Duration.ofHours(2));
    functions.run("SweepImages", "{}".getBytes(UTF_8));
  }

  /** A creation that stopped before its key joined the plan, and a key that has expired. */
  private static void repaired(RecordedFunctions functions) {
    Instant before = Instant.now().minus(Duration.ofDays(2));
    NewKey expiring = new NewKey("a", "api", PLAN, null, null, before.plusSeconds(60));
    functions.lifecycleAt(before).create(expiring);
    ApiKey key = new ApiKey("FacetEventKey000000000000002");
    KeyRecord pending =
        KeyRecord.of(
            UUID.randomUUID(),
            key,
            new ApplicationId(UUID.randomUUID()),
            new NewKey("b", "api", PLAN, null, null),
            KeyStatus.PENDING,
            before);
    new DynamoKeyStore(functions.tables(), RecordedFunctions.TABLES).put(null, pending);
    functions.gatewayKeys().create(pending, key);
    functions.run("RepairKeys", "{}".getBytes(UTF_8));
  }

  private static String text(RecordedFunctions functions) throws JsonProcessingException {
    ObjectNode text = JSON.createObjectNode();
    functions
        .calls()
        .forEach(
            (function, calls) -> {
              ArrayNode list = text.putArray(function);
              calls.forEach(list::add);
            });
    DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
    lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    return JSON.writer(lines).writeValueAsString(text) + "\n";
  }

  private static List<Message> received(RecordedFunctions functions) {
    List<Message> messages =
        functions
            .queues()
            .receiveMessage(
                receive ->
                    receive
                        .queueUrl(functions.queue())
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(3)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages();
    assertThat(messages).isNotEmpty();
    for (Message message : messages) {
      functions
          .queues()
          .changeMessageVisibility(
              change ->
                  change
                      .queueUrl(functions.queue())
                      .receiptHandle(message.receiptHandle())
                      .visibilityTimeout(3_600));
    }
    return messages;
  }

  private static byte[] delivery(List<Message> messages) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message message : messages) {
      records
          .addObject()
          .put("messageId", message.messageId())
          .put("receiptHandle", message.receiptHandle())
          .put("body", message.body())
          .put("eventSource", "aws:sqs")
          .putObject("attributes")
          .put("ApproximateReceiveCount", "1");
    }
    return event.toString().getBytes(UTF_8);
  }

  private static JsonNode photo(
      RecordedFunctions functions, String event, String property, String face, String id) {
    ObjectNode request = body(event(event), property, FakeFaces.photo(face));
    if (!id.isEmpty()) {
      if (event.startsWith("verify")) {
        body(request, property, FakeFaces.photo(face), "id", id);
      } else {
        request.withObject("/pathParameters").put("id", id);
      }
    }
    return send(functions, request);
  }

  private static JsonNode node(RecordedFunctions functions, String event) {
    return send(functions, body(event(event)));
  }

  private static JsonNode node(RecordedFunctions functions, String event, String person, int shot) {
    Template template = FakeFaces.template(person, "" + shot);
    ObjectNode one =
        JSON.createObjectNode()
            .put("type", template.factor())
            .set("embedding_vector", JSON.valueToTree(template.vector()));
    ObjectNode request = event(event);
    if (event.contains("plain")) {
      return send(functions, body(request, "features", JSON.createArrayNode().add(one)));
    }
    request.withObject("/headers").put("x-encryption-version", "3");
    ObjectNode features = JSON.createObjectNode();
    features.putArray("features").add(one);
    features.putObject("metadata").put("id", person);
    String sealed =
        new PayloadCiphers(0, new SecureRandom())
            .forRequest("3", KEY)
            .encrypt(
                features.toString(),
                new PayloadContext(new ModelVersion("FACE3_1"), Field.FEATURES));
    return send(
        functions,
        event.contains("predict")
            ? body(request, "features", sealed, "user_identifier", person)
            : body(request, "features", sealed));
  }

  /** Sets the body of an event: the key and these properties, name, value, name, value … */
  private static ObjectNode body(ObjectNode event, Object... properties) {
    ObjectNode body = JSON.createObjectNode();
    if (event.path("path").asText().startsWith("/node")) {
      body.put("api_key", KEY.secret());
    }
    for (int i = 0; i < properties.length; i += 2) {
      body.set((String) properties[i], JSON.valueToTree(properties[i + 1]));
    }
    return event.put("body", body.toString());
  }

  /** Returns one of the files in events/. */
  private static ObjectNode event(String name) {
    try {
      return (ObjectNode) JSON.readTree(ROOT.resolve("events/" + name + ".json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode send(RecordedFunctions functions, ObjectNode event) {
    String function =
        ApiSpecification.bundled().operations().stream()
            .filter(
                operation ->
                    operation.path().equals(event.path("resource").asText())
                        && operation.method().equals(event.path("httpMethod").asText()))
            .findFirst()
            .flatMap(operation -> operation.function())
            .orElseThrow();
    try {
      return JSON.readTree(functions.request(function, event.toString().getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int status(JsonNode response) {
    return response.path("statusCode").asInt();
  }

  private static JsonNode ok(JsonNode response) {
    assertThat(status(response)).as(response.toString()).isIn(200, 201, 204);
    return content(response);
  }

  private static String accepted(JsonNode response) {
    assertThat(status(response)).as(response.toString()).isEqualTo(202);
    return content(response).path("job_id").asText();
  }

  private static JsonNode content(JsonNode response) {
    try {
      return JSON.readTree(response.path("body").asText("{}"));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
