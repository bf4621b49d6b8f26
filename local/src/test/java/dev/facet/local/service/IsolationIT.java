package dev.facet.local.service;

import static dev.facet.core.fakes.FakeFaces.photo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiSpecification;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two applications of one service: on every route of {@code /v1}, whoever signs, the key alone says
 * whose gallery it is, and neither sees or changes anything of the other's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationIT {

  private CommandRunner facet;
  private ServiceFixture service;
  private JsonNode ann;
  private JsonNode bob;

  /** An application with a key for everyone and one person enrolled. */
  private record Tenant(String id, String apiKey, String person, String subject) {}

  @BeforeAll
  void start(@TempDir Path data) {
    facet = new CommandRunner(data);
    service = ServiceFixture.start(data);
    ann = facet.json("principals", "create", "--name", "ann");
    bob = facet.json("principals", "create", "--name", "bob");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void every_pair_of_key_and_identity_meets_its_own_gallery_alone() {
    Tenant one = tenant("pia");
    Tenant two = tenant("quin");
    for (JsonNode identity : List.of(ann, bob)) {
      meetsNothingOf(service.caller(identity, one.apiKey()), one, two);
      meetsNothingOf(service.caller(identity, two.apiKey()), two, one);
    }
  }

  @Test
  void every_route_that_needs_a_key_is_walked() {
    Set<String> walked = new TreeSet<>();
    for (Call call : calls("id", photo("ray/1"))) {
      walked.add(call.method() + " " + call.route());
    }
    assertThat(walked).containsExactlyInAnyOrderElementsOf(keyedRoutes());
  }

  @Test
  void a_bound_key_opens_no_route_to_another_identity() {
    Tenant tenant = tenant("sam");
    String bound = facet.json("keys", "create", "--principal", "ann").path("apiKey").asText();
    for (Call call : calls(tenant.subject(), photo("sam/1"))) {
      Reply refused = call.by(service.caller(bob, bound));
      assertThat(refused.status()).as("%s", call).isEqualTo(403);
      assertThat(refused.body().path("message").asText()).isEqualTo("Forbidden");
      assertThat(call.by(service.caller(ann, bound)).status()).as("%s", call).isNotEqualTo(403);
    }
  }

  @Test
  void the_same_idempotency_key_of_another_application_is_another_operation() {
    Tenant one = tenant("tom");
    Tenant two = tenant("una");
    String first = repeatable(one).register(photo("vic/1")).id();
    String second = repeatable(two).register(photo("vic/1")).id();
    assertThat(second).isNotEqualTo(first);
    assertThat(repeatable(one).register(photo("vic/1")).id()).isEqualTo(first);
    assertThat(repeatable(two).register(photo("vic/1")).id()).isEqualTo(second);
    assertThat(service.caller(ann, two.apiKey()).verify(first, photo("vic/2")).status())
        .isEqualTo(404);
  }

  private void meetsNothingOf(Caller caller, Tenant own, Tenant other) {
    assertThat(caller.search(photo(other.person() + "/2")).status()).isEqualTo(404);
    for (String guess : guesses(other)) {
      assertThat(caller.verify(guess, photo(other.person() + "/2")).status()).isEqualTo(404);
      for (String path :
          List.of("/v1/subjects/" + encoded(guess), "/v1/subjects?id=" + encoded(guess))) {
        assertThat(caller.send("PUT", path, face(own.person())).status()).as(path).isEqualTo(404);
        assertThat(caller.send("DELETE", path, "").status()).isEqualTo(404);
      }
    }
    isAsItWas(other);
    isAsItWas(own);
  }

  /** Its search finds its one person under the one id, and that id is nobody else. */
  private void isAsItWas(Tenant tenant) {
    Caller caller = service.caller(ann, tenant.apiKey());
    Reply found = caller.search(photo(tenant.person() + "/3"));
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.body().path("candidates")).hasSize(1);
    assertThat(found.body().at("/candidates/0/id").asText()).isEqualTo(tenant.subject());
    assertThat(caller.verify(tenant.subject(), photo(tenant.person() + "/3")).status())
        .isEqualTo(200);
  }

  private static List<String> guesses(Tenant other) {
    String id = other.subject();
    return List.of(
        id,
        id.toUpperCase(Locale.ROOT),
        other.id() + "/" + id,
        other.id() + "#" + id,
        "subject#" + other.id() + "#" + id,
        "../" + other.id() + "/" + id,
        "*",
        "necidguid-0000-0000-0000-000000000000");
  }

  private Tenant tenant(String person) {
    JsonNode key = facet.json("keys", "create", "--customer", person);
    String apiKey = key.path("apiKey").asText();
    String subject = service.caller(ann, apiKey).register(photo(person + "/1")).id();
    return new Tenant(key.path("applicationId").asText(), apiKey, person, subject);
  }

  private Caller repeatable(Tenant tenant) {
    return new Caller(
        service.caller(ann, tenant.apiKey()).client().with("idempotency-key", "the same"));
  }

  /** A call of one route. */
  private record Call(String method, String route, String path, String body) {
    Reply by(Caller caller) {
      return caller.send(method, path, body);
    }
  }

  private static List<Call> calls(String subject, String image) {
    String face = JsonNodeFactory.instance.objectNode().put("face", image).toString();
    String faces = JsonNodeFactory.instance.objectNode().put("faces", image).toString();
    String probe =
        JsonNodeFactory.instance.objectNode().put("probe", image).put("id", subject).toString();
    String named = "/v1/subjects/" + subject;
    String asked = "/v1/subjects?id=" + subject;
    return List.of(
        new Call("POST", "/v1/subjects", "/v1/subjects", face),
        new Call("PUT", "/v1/subjects/{id}", named, face),
        new Call("PUT", "/v1/subjects", asked, face),
        new Call("POST", "/v1/face/extract", "/v1/face/extract", faces),
        new Call("POST", "/v1/face/search", "/v1/face/search", probe),
        new Call("POST", "/v1/face/verify", "/v1/face/verify", probe),
        new Call("DELETE", "/v1/subjects/{id}", named, ""),
        new Call("DELETE", "/v1/subjects", asked, ""));
  }

  private static List<String> keyedRoutes() {
    return ApiSpecification.bundled().operations().stream()
        .filter(ApiOperation::keyed)
        .filter(operation -> operation.path().startsWith("/v1/"))
        .map(ApiOperation::toString)
        .toList();
  }

  private static String face(String person) {
    return JsonNodeFactory.instance.objectNode().put("face", photo(person + "/1")).toString();
  }

  /** Every byte but letters and digits percent-encoded. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      encoded.append(
          b == '-' || (b > 0 && Character.isLetterOrDigit(b))
              ? "" + (char) b
              : "%%%02X".formatted(b));
    }
    return encoded.toString();
  }
}
