package dev.facet.local.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.gallery.Template;
import dev.facet.local.lambda.isolated.LaunchCommand;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The whole service with its functions in processes of their own: the handlers' real wiring, the
 * face function behind Invoke, the embedded services behind their APIs.
 */
@Timeout(180)
@Isolated("cold starts beside other tests can take longer than the gateway waits")
class IsolatedServiceIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path BUNDLE =
      Path.of(System.getProperty("facet.root", "nowhere"), "models/target/bundle/default");

  @Test
  void isolated_functions_enrol_recognise_and_delete_a_person(@TempDir Path data) {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"),
        "AWS's runtime interface client is for Linux");
    assumeTrue(Files.isDirectory(BUNDLE), "the default bundle is not built");
    LaunchCommand classPath = new LaunchCommand.ClassPath(System.getProperty("java.class.path"));
    BuiltFunctions artefacts =
        new BuiltFunctions(
            classPath,
            classPath,
            classPath,
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=jdk.incubator.vector",
                "-XX:+UseSerialGC"),
            List.of(BUNDLE));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (ServiceFixture service =
        ServiceFixture.start(
            ServiceFixture.options(data, false, false),
            new FunctionHosting.Isolated(artefacts, ""),
            new PrintStream(log, true))) {
      Caller caller = service.caller();
      assertThat(caller.send("GET", "/v1/health", "").body().path("status").asText())
          .isEqualTo("ok");
      Reply enrolled = sent(caller, "/node/plainEnroll", plain(service, "ann", 1));
      assertThat(enrolled.status()).as("%s%n%s", enrolled.body(), log).isEqualTo(200);
      Reply found = sent(caller, "/node/plainPredict", plain(service, "ann", 2));
      assertThat(puid(found)).isEqualTo(puid(enrolled));
      assertThat(puid(sent(caller, "/node/plainPredict", plain(service, "bob", 1))))
          .isNotEqualTo(puid(enrolled));
      assertThat(log.toString(UTF_8))
          .contains("PlainEnrollHandler")
          .doesNotContain(service.credentials().apiKey());
    }
  }

  /**
   * On a busy machine two cold starts can take longer than the gateway waits; clients ask again.
   */
  private static Reply sent(Caller caller, String path, String body) {
    Reply reply = caller.send("POST", path, body);
    for (int attempt = 1; attempt < 4 && reply.status() == 504; attempt++) {
      reply = caller.send("POST", path, body);
    }
    return reply;
  }

  private static JsonNode puid(Reply reply) {
    return reply.body().path("puid");
  }

  private static String plain(ServiceFixture service, String person, int shot) {
    Template template = FakeFaces.template(person, "" + shot);
    ObjectNode features =
        JSON.createObjectNode()
            .put("type", template.factor())
            .set("embedding_vector", JSON.valueToTree(template.vector()));
    return JSON.createObjectNode()
        .put("api_key", service.credentials().apiKey())
        .<ObjectNode>set("features", features)
        .toString();
  }
}
