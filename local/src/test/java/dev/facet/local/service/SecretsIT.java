package dev.facet.local.service;

import static dev.facet.core.fakes.FakeFaces.photo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.aws.Tables;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.service.ServiceFixture.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An API key is shown once: neither it nor its SHA-256, which is the payload key of cipher version
 * 1, is to be found anywhere afterwards.
 */
class SecretsIT {

  @TempDir private Path data;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Map<String, String> places = new TreeMap<>();
  private final List<String> keys = new ArrayList<>();

  @Test
  void no_item_log_line_or_file_holds_a_key_or_its_hash() throws Exception {
    CommandRunner facet = new CommandRunner(data);
    String demo;
    String principal;
    try (ServiceFixture service =
        ServiceFixture.start(
            ServiceFixture.options(data, true, true),
            ServiceFixture.fakes(),
            new PrintStream(log, true, UTF_8))) {
      demo = service.credentials().apiKey();
      JsonNode ann = facet.json("principals", "create", "--name", "ann");
      principal = ann.path("secretAccessKey").asText();
      JsonNode first = made(facet.json("keys", "create", "--customer", "acme"));
      JsonNode second = made(facet.json("keys", "rotate", first.path("id").asText()));
      made(facet.json("keys", "create", "--api", "node"));
      JsonNode disabled = made(facet.json("keys", "create", "--principal", "ann"));
      for (String key : keys) {
        everyKindOfAnswer(service.caller(ann, key));
      }
      facet.json("keys", "disable", disabled.path("id").asText());
      facet.run("keys", "delete", first.path("id").asText(), "--yes");
      messages(facet, second.path("id").asText());
      files();
    }
    made(facet.json("keys", "create"));
    files();
    items();
    places.put("the log", log.toString(UTF_8));
    assertThat(places.get("the log")).contains("RegisterSubjectHandler");

    keys.add(demo);
    for (String key : keys) {
      assertThat(placesOf(key)).isEmpty();
    }
    places.remove("file principals.json");
    assertThat(places.values()).noneMatch(text -> text.contains(principal));
  }

  private JsonNode made(JsonNode key) {
    keys.add(key.path("apiKey").asText());
    return key;
  }

  private static void everyKindOfAnswer(Caller caller) {
    caller.register(photo("ann/1"));
    caller.register("%");
    caller.search(photo("bob/1"));
    caller.extract(photo("-"));
    caller.verify("nobody", photo("ann/1"));
  }

  private void messages(CommandRunner facet, String id) {
    places.put("keys list", facet.run("keys", "list").toString());
    places.put("keys list --json", facet.json("keys", "list").toString());
    places.put("keys show", facet.run("keys", "show", id).toString());
    places.put("keys repair", facet.run("keys", "repair", "--age", "0s").toString());
  }

  private void files() throws IOException {
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("credentials.json")) {
          places.put(
              "file " + data.relativize(file), new String(Files.readAllBytes(file), ISO_8859_1));
        }
      }
    }
  }

  private void items() {
    try (EmbeddedDynamo dynamo = EmbeddedDynamo.start(data.resolve("dynamodb"), Tables.DEFAULT)) {
      for (String table : List.of(Tables.DEFAULT.data(), Tables.DEFAULT.keys())) {
        String items =
            dynamo.client().scanPaginator(scan -> scan.tableName(table)).items().stream()
                .map(SecretsIT::text)
                .collect(Collectors.joining("\n"));
        assertThat(items).isNotEmpty();
        places.put("table " + table, items);
      }
    }
  }

  /** All that an item holds, its bytes as they are. */
  private static String text(Map<String, AttributeValue> item) {
    return item + item.values().stream().map(SecretsIT::bytes).collect(Collectors.joining());
  }

  private static String bytes(AttributeValue value) {
    if (value.b() != null) {
      return value.b().asString(ISO_8859_1);
    }
    return value.hasM()
        ? text(value.m())
        : value.l().stream().map(SecretsIT::bytes).collect(Collectors.joining());
  }

  private List<String> placesOf(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    String hex = HexFormat.of().formatHex(hash);
    List<String> forms =
        List.of(
            key,
            Base64.getEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8)),
            hex,
            hex.toUpperCase(Locale.ROOT),
            new String(hash, ISO_8859_1),
            Base64.getEncoder().withoutPadding().encodeToString(hash),
            Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    return places.entrySet().stream()
        .filter(place -> forms.stream().anyMatch(place.getValue()::contains))
        .map(Map.Entry::getKey)
        .toList();
  }
}
