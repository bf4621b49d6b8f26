package dev.facet.local.service;

import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Commands given while a service runs, and what its callers then meet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationOverHttpIT {

  private static final Reply FORBIDDEN = refusal(403, "Forbidden");

  private Path data;
  private CommandRunner facet;
  private ServiceFixture service;
  private JsonNode ann;

  @BeforeAll
  void start(@TempDir Path temporary) {
    data = temporary;
    facet = new CommandRunner(data);
    ann = facet.json("principals", "create", "--name", "ann");
    service = ServiceFixture.start(data);
  }

  @AfterAll
  void stop() {
    service.close();
    assertThat(data.resolve("admin.json")).doesNotExist();
  }

  @Test
  void a_key_is_usable_at_once_refused_while_disabled_and_for_good_once_deleted() {
    JsonNode key = facet.json("keys", "create", "--customer", "acme");
    Caller caller = service.caller(ann, key.path("apiKey").asText());
    assertThat(caller.register(photo("kim/1")).status()).isEqualTo(201);

    String id = key.path("id").asText();
    facet.json("keys", "disable", id);
    assertThat(caller.search(photo("kim/2"))).isEqualTo(FORBIDDEN);
    facet.run("keys", "delete", id, "--yes");
    assertThat(caller.search(photo("kim/2"))).isEqualTo(FORBIDDEN);
  }

  @Test
  void a_rotated_key_opens_the_same_gallery_and_the_old_one_ends_with_the_overlap() {
    JsonNode first = facet.json("keys", "create");
    String id = service.caller(ann, first.path("apiKey").asText()).register(photo("lea/1")).id();

    JsonNode second = facet.json("keys", "rotate", first.path("id").asText(), "--overlap", "1h");
    JsonNode third = facet.json("keys", "rotate", second.path("id").asText(), "--overlap", "0s");

    assertThat(
            service.caller(ann, third.path("apiKey").asText()).verify(id, photo("lea/2")).status())
        .isEqualTo(200);
    assertThat(
            service.caller(ann, first.path("apiKey").asText()).verify(id, photo("lea/2")).status())
        .isEqualTo(200);
    // never seen before, so nothing is remembered of it
    assertThat(service.caller(ann, second.path("apiKey").asText()).search(photo("lea/2")))
        .isEqualTo(FORBIDDEN);
  }

  @Test
  void a_plans_burst_and_quota_hold_for_its_keys() {
    JsonNode slow = facet.json("plans", "create", "--rate", "0.001", "--burst", "2");
    Caller throttled = caller(slow);
    assertThat(throttled.search(photo("moe/1")).status()).isEqualTo(404);
    assertThat(throttled.search(photo("moe/1")).status()).isEqualTo(404);
    assertThat(throttled.search(photo("moe/1"))).isEqualTo(refusal(429, "Too Many Requests"));
    assertThat(caller(slow).search(photo("moe/1")).status()).isEqualTo(404);

    JsonNode small =
        facet.json("plans", "create", "--rate", "99", "--burst", "99", "--quota", "1/month");
    Caller spent = caller(small);
    assertThat(spent.search(photo("moe/1")).status()).isEqualTo(404);
    assertThat(spent.search(photo("moe/1"))).isEqualTo(refusal(429, "Limit Exceeded"));
  }

  @Test
  void a_bound_key_is_for_its_principal_alone() {
    JsonNode bob = facet.json("principals", "create", "--name", "bob");
    JsonNode key = facet.json("keys", "create", "--principal", "bob");
    String apiKey = key.path("apiKey").asText();
    assertThat(key.path("principalId")).isEqualTo(bob.path("principalId"));

    assertThat(service.caller(bob, apiKey).search(photo("nia/1")).status()).isEqualTo(404);
    assertThat(service.caller(ann, apiKey).search(photo("nia/1"))).isEqualTo(FORBIDDEN);

    facet.run("principals", "delete", "bob");
    assertThat(service.caller(bob, apiKey).search(photo("nia/1")))
        .isEqualTo(refusal(403, "The security token included in the request is invalid."));

    // another of the same name is somebody else
    JsonNode namesake = facet.json("principals", "create", "--name", "bob");
    assertThat(service.caller(namesake, apiKey).search(photo("nia/1"))).isEqualTo(FORBIDDEN);
  }

  @Test
  void a_key_for_node_is_unknown_to_the_gateway() {
    String apiKey = facet.json("keys", "create", "--api", "node").path("apiKey").asText();
    assertThat(service.caller(ann, apiKey).search(photo("ola/1"))).isEqualTo(FORBIDDEN);
  }

  @Test
  void commands_are_taken_from_whoever_can_read_the_file_alone() throws Exception {
    Path file = data.resolve("admin.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    JsonNode access = read(file);
    URI endpoint = URI.create(access.path("endpoint").asText());
    assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
    String token = access.path("token").asText();

    assertThat(status(endpoint, "Bearer " + token, "[\"keys\",\"list\"]")).isEqualTo(200);
    assertThat(status(endpoint, "Bearer " + token, "keys list")).isEqualTo(400);
    assertThat(status(endpoint, "Bearer " + token.replace('a', 'b') + "0", "[]")).isEqualTo(403);
    assertThat(status(endpoint, "Bearer", "[]")).isEqualTo(403);
  }

  private Caller caller(JsonNode plan) {
    JsonNode key = facet.json("keys", "create", "--plan", plan.path("id").asText());
    return service.caller(ann, key.path("apiKey").asText());
  }

  private static int status(URI endpoint, String authorization, String body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(endpoint)
                  .header("authorization", authorization)
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static Reply refusal(int status, String message) {
    return new Reply(status, new ObjectMapper().createObjectNode().put("message", message));
  }
}
