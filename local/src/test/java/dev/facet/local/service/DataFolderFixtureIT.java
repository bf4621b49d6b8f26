package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The data folder and queue that {@link DataFolderFixture} wrote with commit 90e4ca2. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataFolderFixtureIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private JsonNode expected;
  private ServiceFixture service;

  @BeforeAll
  void start(@TempDir Path folder) {
    expected = DataFolderFixture.unpack("data-1.zip", folder);
    service =
        ServiceFixture.start(
            ServiceFixture.options(
                folder.resolve(DataFolderFixture.DATA), true, false, NodeOptions.DEFAULT),
            ServiceFixture.fakes());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Reply predict(String name) {
    JsonNode exchange = expected.path(name);
    String path = exchange.path("path").asText();
    return DataFolderFixture.send(
        service,
        exchange,
        path.replace("plainEnroll", "plainPredict").replace("enroll", "predict"));
  }

  private String puid(String name) {
    return expected.path(name).path("response").path("puid").asText();
  }

  @Test
  void people_of_both_applications_are_found() {
    for (String name : new String[] {"identified", "other application"}) {
      JsonNode found = predict(name).body();
      assertThat(found.path("puid").asText()).isEqualTo(puid(name));
      assertThat(found.path("score").decimalValue()).isZero();
    }
  }

  @Test
  void a_key_of_the_other_application_finds_only_its_own_people() {
    ObjectNode other = expected.path("identified").deepCopy();
    other.put("key", expected.path("secondKey").asText());
    JsonNode found = DataFolderFixture.send(service, other, "/node/plainPredict").body();
    assertThat(found.path("message").asText()).isEqualTo("User not enrolled");
  }

  @Test
  void a_person_of_an_encrypted_request_is_found() {
    JsonNode found = predict("encrypted").body();
    assertThat(opened(found)).isEqualTo(opened(expected.path("encrypted").path("response")));
  }

  private String opened(JsonNode response) {
    return DataFolderFixture.cipher(service.credentials().apiKey())
        .decrypt(
            response.path("puid").asText(),
            new PayloadContext(
                ModelVersion.parse(DataFolderFixture.ENCRYPTED_VERSION), Field.PUID));
  }

  @Test
  void an_identifier_still_names_its_person() throws Exception {
    ObjectNode verification = expected.path("identified").deepCopy();
    ObjectNode body = (ObjectNode) new ObjectMapper().readTree(verification.path("body").asText());
    verification.put("body", body.put("user_identifier", "ann@example").toString());
    JsonNode found = DataFolderFixture.send(service, verification, "/node/plainPredict").body();
    assertThat(found.path("puid").asText()).isEqualTo(puid("identified"));
  }

  @Test
  void a_deleted_person_is_gone() {
    assertThat(predict("deleted").body().path("message").asText()).isEqualTo("User not enrolled");
  }

  /** The responses come from the operations' records: work done again would answer otherwise. */
  @Test
  void repeated_requests_get_their_first_responses() {
    for (String name : new String[] {"identified", "deletion", "image"}) {
      JsonNode exchange = expected.path(name);
      Reply reply = DataFolderFixture.send(service, exchange);
      assertThat(reply.status()).isEqualTo(exchange.path("status").asInt());
      assertThat(reply.body()).isEqualTo(exchange.path("response"));
    }
  }

  @Test
  void a_subject_enrolled_by_an_image_is_verified() {
    String id = expected.path("image").path("response").path("id").asText();
    assertThat(service.caller().verify(id, FakeFaces.photo("dora/2")).status()).isEqualTo(200);
  }

  @Test
  void files_are_written_with_the_names_on_record(@TempDir Path folder) throws Exception {
    DataFolderFixture.unpack("data-1.zip", folder);
    Path data = folder.resolve(DataFolderFixture.DATA);
    List<String> files =
        List.of("credentials.json", "gateway-keys.json", "principals.json", "usage.json");
    Map<String, Set<String>> names = new TreeMap<>();
    for (String file : files) {
      names.put(file, names(data.resolve(file)));
    }
    try (ServiceFixture other = ServiceFixture.start(data)) {
      CommandRunner commands = new CommandRunner(data);
      commands.json("keys", "create");
      commands.json("principals", "create", "--name", "other");
      assertThat(other.caller().search(FakeFaces.photo("dora/3")).status()).isEqualTo(200);
    }
    for (String file : files) {
      assertThat(names(data.resolve(file))).as(file).isEqualTo(names.get(file));
    }
  }

  /** The names of all properties; ids that serve as names are left out. */
  private static Set<String> names(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher name = Pattern.compile("\"(\\w+)\" :").matcher(Files.readString(file));
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  @Test
  void a_job_that_was_done_is_still_known_as_done() {
    NodePeople people = new NodePeople(service.credentials());
    String job = expected.path("done").path("response").path("job_id").asText();
    assertThat(people.state(job)).isEqualTo("done");
    assertThat(predict("done").body().path("message").asText()).isEqualTo("ok");
  }

  @Test
  void a_queued_enrolment_is_worked_off() throws Exception {
    NodePeople people = new NodePeople(service.credentials());
    String job = expected.path("queued").path("response").path("job_id").asText();
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!people.state(job).equals("done")) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(200);
    }
    assertThat(predict("queued").body().path("message").asText()).isEqualTo("ok");
  }
}
