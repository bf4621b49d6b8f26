package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EnrolmentQueue.Form;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.gallery.Template;
import dev.facet.core.jobs.JobIds;
import dev.facet.core.jobs.SecretBackedKeys;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.subjects.PersonId;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiSpecification;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two applications of one service: on every route of {@code /node}, whoever signs, the key alone
 * says whose people they are, and neither sees or changes anything of the other's; and between the
 * two APIs of one application nothing is shared either.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeIsolationIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "FACE3_3";

  private CommandRunner facet;
  private ServiceFixture service;
  private JsonNode ann;
  private JsonNode bob;
  private JobIds jobIds;

  /** An application with a key for everyone, and one person enrolled under a name. */
  private record Tenant(String id, String apiKey, String person, PersonId puid, String job) {

    PayloadCipher cipher() {
      return new PayloadCiphers(1, new SecureRandom()).forRequest("3", new ApiKey(apiKey));
    }

    String name() {
      return person + "@example.com";
    }

    String encrypted(String text, Field field) {
      return cipher().encrypt(text, new PayloadContext(new ModelVersion(VERSION), field));
    }
  }

  /** A call of one route. */
  private record Call(String method, String route, String path, String body) {
    Reply by(Caller caller) {
      return caller.send(method, path, body);
    }

    @Override
    public String toString() {
      return method + " " + route;
    }
  }

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    facet = new CommandRunner(data);
    service = ServiceFixture.start(data);
    ann = facet.json("principals", "create", "--name", "ann");
    bob = facet.json("principals", "create", "--name", "bob");
    byte[] secret =
        HexFormat.of()
            .parseHex(JSON.readTree(data.resolve("jobs.json").toFile()).path("hex").asText());
    SecureRandom random = new SecureRandom();
    jobIds = new JobIds(new SecretBackedKeys(secret, random), Clock.systemUTC(), random);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void every_pair_of_key_and_identity_meets_its_own_people_alone() {
    Tenant one = tenant("pia");
    Tenant two = tenant("quin");
    for (JsonNode identity : List.of(ann, bob)) {
      meetsNobodyOf(caller(identity, one), one, two);
      meetsNobodyOf(caller(identity, two), two, one);
    }
  }

  @Test
  void every_route_of_node_is_walked() {
    assertThat(calls(tenant("ray"), "ray"))
        .extracting(Call::toString)
        .containsExactlyInAnyOrderElementsOf(
            ApiSpecification.bundled().operations().stream()
                .filter(operation -> operation.path().startsWith("/node/"))
                .filter(operation -> !operation.method().equals("OPTIONS"))
                .map(ApiOperation::toString)
                .toList());
  }

  @Test
  void a_bound_key_opens_no_route_to_another_identity_nor_to_nobody_at_all() {
    JsonNode key = facet.json("keys", "create", "--principal", "ann");
    Tenant bound = enrolled(key, "sam");
    for (Call call : calls(bound, "sam")) {
      Reply refused = call.by(caller(bob, bound));
      assertThat(refused.status()).as("%s", call).isEqualTo(403);
      assertThat(refused.body().path("status").intValue()).as("%s", call).isEqualTo(-1);
      assertThat(call.by(caller(ann, bound)).status()).as("%s", call).isNotEqualTo(403);
      Caller unsigned = new Caller(caller(ann, bound).client().unsigned());
      assertThat(call.by(unsigned).status()).as("%s", call).isEqualTo(403);
    }
  }

  @Test
  void two_keys_in_one_request_are_refused() {
    Tenant one = tenant("uma");
    Tenant two = tenant("vic");
    for (Call call : calls(one, "uma")) {
      if (!call.body().isEmpty()) {
        assertThat(call.by(caller(ann, two)).status()).as("%s", call).isEqualTo(403);
      }
    }
    isAsItWas(one);
    isAsItWas(two);
  }

  @Test
  void the_same_idempotency_key_of_another_application_is_another_operation() {
    Tenant one = tenant("tom");
    Tenant two = tenant("una");
    String first = puid(repeatable(one), one);
    String second = puid(repeatable(two), two);
    assertThat(second).isNotEqualTo(first);
    assertThat(puid(repeatable(one), one)).isEqualTo(first);
    assertThat(puid(repeatable(two), two)).isEqualTo(second);
  }

  @Test
  void a_person_of_node_is_no_subject_of_v1_and_the_reverse() {
    Tenant tenant = tenant("wes");
    Caller caller = caller(ann, tenant);
    assertThat(caller.search(FakeFaces.photo("wes/1")).status()).isEqualTo(404);
    for (String id : List.of(tenant.puid().value(), tenant.puid().toRot13())) {
      assertThat(caller.verify(id, FakeFaces.photo("wes/1")).status()).isEqualTo(404);
      assertThat(caller.delete(id).status()).isEqualTo(404);
    }
    String subject = caller.register(FakeFaces.photo("xia/1")).id();
    assertThat(nobody(plain(caller, "plainPredict", tenant, "xia", null))).isTrue();
    assertThat(deleted(caller, tenant, VERSION, tenant.encrypted(subject, Field.PUID))).isFalse();
    assertThat(caller.verify(subject, FakeFaces.photo("xia/2")).status()).isEqualTo(200);
    isAsItWas(tenant);
  }

  /** Whatever a caller tries who knows all about the other but its key. */
  private void meetsNobodyOf(Caller caller, Tenant own, Tenant other) {
    assertThat(nobody(plain(caller, "plainPredict", own, other.person(), null))).isTrue();
    for (String route : List.of(VERSION + "/predict", "FACE3_1/predict", "predict")) {
      assertThat(nobody(encrypted(caller, route, own, other.person(), null))).as(route).isTrue();
    }
    Reply named = plain(caller, "plainPredict", own, other.person(), other.name());
    assertThat(named.body().path("status").intValue()).isEqualTo(153);
    assertThat(
            encrypted(caller, VERSION + "/predict", own, other.person(), other.name())
                .body()
                .path("status")
                .intValue())
        .isEqualTo(153);
    for (String guess : guesses(own, other)) {
      assertThat(deleted(caller, own, VERSION, guess)).as(guess).isFalse();
      assertThat(deleted(caller, own, "FACE3_1", guess)).as(guess).isFalse();
    }
    for (String job : List.of(other.job(), other.job().toLowerCase(Locale.ROOT), other.id())) {
      Reply state = caller.send("GET", "/node/%s/enroll/%s".formatted(VERSION, job), "");
      assertThat(state.status()).isEqualTo(404);
      assertThat(state.body().path("message").asText()).isEqualTo("No such job");
    }
    Reply queued = caller.send("GET", "/node/%s/enroll/%s".formatted(VERSION, own.job()), "");
    assertThat(queued.body().path("state").asText()).isEqualTo("queued");
    isAsItWas(other);
    isAsItWas(own);
  }

  private static List<String> guesses(Tenant own, Tenant other) {
    PersonId puid = other.puid();
    return List.of(
        puid.value(),
        puid.toRot13(),
        own.encrypted(puid.value(), Field.PUID),
        own.encrypted(puid.toRot13(), Field.PUID),
        own.encrypted(other.id() + "#" + puid.value(), Field.PUID),
        other.encrypted(puid.value(), Field.PUID));
  }

  /** Its one person is found under its id and its name, and nobody else is. */
  private void isAsItWas(Tenant tenant) {
    Caller caller = caller(ann, tenant);
    for (@Nullable String name : new @Nullable String[] {null, tenant.name()}) {
      Reply found = plain(caller, "plainPredict", tenant, tenant.person(), name);
      assertThat(found.body().path("puid").asText()).isEqualTo(tenant.puid().toRot13());
    }
  }

  private Tenant tenant(String person) {
    return enrolled(facet.json("keys", "create", "--customer", person), person);
  }

  private Tenant enrolled(JsonNode key, String person) {
    String id = key.path("applicationId").asText();
    String job =
        jobIds
            .create(new ApplicationId(UUID.fromString(id)), new ModelVersion(VERSION), Form.PLAIN)
            .text();
    PersonId unknown = PersonId.random(new SecureRandom());
    Tenant newcomer = new Tenant(id, key.path("apiKey").asText(), person, unknown, job);
    Reply enrolled = plain(caller(ann, newcomer), "plainEnroll", newcomer, person, newcomer.name());
    assertThat(enrolled.body().path("message").asText()).isEqualTo("Ok");
    return new Tenant(
        id,
        newcomer.apiKey(),
        person,
        PersonId.parseRot13(enrolled.body().path("puid").asText()),
        job);
  }

  private Caller caller(JsonNode identity, Tenant tenant) {
    return new Caller(
        service.caller(identity, tenant.apiKey()).client().with("x-encryption-version", "3"));
  }

  private Caller repeatable(Tenant tenant) {
    return new Caller(caller(ann, tenant).client().with("idempotency-key", "the same"));
  }

  private static String puid(Caller caller, Tenant tenant) {
    Reply reply = plain(caller, "plainEnroll", tenant, "zoe", null);
    assertThat(reply.status()).isEqualTo(200);
    return reply.body().path("puid").asText();
  }

  private static Reply plain(
      Caller caller, String route, Tenant tenant, String person, @Nullable String name) {
    return caller.send("POST", "/node/" + route, plainBody(tenant, person, name));
  }

  private static String plainBody(Tenant tenant, String person, @Nullable String name) {
    ObjectNode body =
        JSON.createObjectNode().put("api_key", tenant.apiKey()).put("version", VERSION);
    body.set("features", embedding(person));
    return named(body, name).toString();
  }

  private static Reply encrypted(
      Caller caller, String route, Tenant tenant, String person, @Nullable String name) {
    return caller.send("POST", "/node/" + route, encryptedBody(route, tenant, person, name));
  }

  private static String encryptedBody(
      String route, Tenant tenant, String person, @Nullable String name) {
    String version = route.startsWith(VERSION) ? VERSION : "FACE3_1";
    String features = JSON.createObjectNode().set("features", embedding(person)).toString();
    ObjectNode body =
        JSON.createObjectNode()
            .put("api_key", tenant.apiKey())
            .put(
                "features",
                tenant
                    .cipher()
                    .encrypt(
                        features, new PayloadContext(new ModelVersion(version), Field.FEATURES)));
    return named(body, name).toString();
  }

  private static ObjectNode named(ObjectNode body, @Nullable String name) {
    if (name != null) {
      body.put("user_identifier", name).putObject("metadata").put("id", name);
    }
    return body;
  }

  private static ObjectNode embedding(String person) {
    Template template = FakeFaces.template(person, "1");
    return JSON.createObjectNode()
        .put("type", template.factor())
        .set("embedding_vector", JSON.valueToTree(template.vector()));
  }

  private static boolean nobody(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    return reply.body().path("message").asText().equals("User not enrolled");
  }

  private static boolean deleted(Caller caller, Tenant tenant, String version, String puid) {
    String body = deletion(tenant, puid);
    return caller.send("POST", "/node/" + version + "/deleteUser", body).status() == 200
        || caller.send("POST", "/node/deleteUser", body).status() == 200;
  }

  private static String deletion(Tenant tenant, String puid) {
    return JSON.createObjectNode().put("api_key", tenant.apiKey()).put("puid", puid).toString();
  }

  /** One call of each route. */
  private static List<Call> calls(Tenant tenant, String person) {
    String plain = plainBody(tenant, person, null);
    String key = JSON.createObjectNode().put("api_key", tenant.apiKey()).toString();
    String deletion = deletion(tenant, tenant.puid().toRot13());
    return List.of(
        call("/node/api-key/checkApiKeyValid", key),
        call("/node/{version}/enroll", encryptedBody(VERSION, tenant, person, null)),
        call("/node/enroll", encryptedBody("", tenant, person, null)),
        call("/node/plainEnroll", plain),
        new Call(
            "GET",
            "/node/{version}/enroll/{job}",
            "/node/%s/enroll/%s".formatted(VERSION, tenant.job()),
            ""),
        call("/node/{version}/predict", encryptedBody(VERSION, tenant, person, null)),
        call("/node/predict", encryptedBody("", tenant, person, null)),
        call("/node/plainPredict", plain),
        call("/node/deleteUser", deletion),
        call("/node/{version}/deleteUser", deletion));
  }

  private static Call call(String route, String body) {
    return new Call("POST", route, route.replace("{version}", VERSION), body);
  }
}
