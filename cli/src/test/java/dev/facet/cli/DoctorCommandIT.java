package dev.facet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.client.Credentials;
import dev.facet.client.FacetClient;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.local.service.LocalService;
import dev.facet.local.service.NodeOptions;
import dev.facet.local.service.Recognition;
import dev.facet.local.service.ServiceOptions;
import dev.facet.spec.NodeAuth;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command on a running service. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DoctorCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @EnumSource(NodeAuth.class)
  void a_sound_service_passes_every_check_and_keeps_nobody(NodeAuth auth) throws IOException {
    Path photo = photo("ann/1");
    try (LocalService.Started _ = start(auth, 3)) {
      assertThat(doctor("--photo=" + photo)).as(out.toString()).isZero();
      assertThat(JSON.readTree(out.toString()))
          .extracting(finding -> finding.path("verdict").asText())
          .hasSize(3)
          .containsOnly("ok");
      assertThat(client().search(Files.readAllBytes(photo), 7000, 10)).isEmpty();
    }
  }

  @Test
  void a_photo_without_a_face_is_a_fault_with_advice() throws IOException {
    try (LocalService.Started _ = start(NodeAuth.SIGV4, 0)) {
      assertThat(doctor("--photo=" + photo("-"))).isEqualTo(1);
    }
    JsonNode finding = finding("photo walk");
    assertThat(finding.path("verdict").asText()).isEqualTo("fault");
    assertThat(finding.path("advice").asText())
        .isEqualTo("Take a photo of one person from the front with --photo.");
  }

  @Test
  void a_service_that_does_not_run_is_no_sound_service() throws IOException {
    Path photo = photo("ann/1");
    start(NodeAuth.SIGV4, 0).close();
    assertThat(doctor("--photo=" + photo)).isEqualTo(1);
    assertThat(finding("route access").path("verdict").asText()).isEqualTo("not checked");
  }

  private JsonNode finding(String check) throws IOException {
    for (JsonNode finding : JSON.readTree(out.toString())) {
      if (finding.path("check").asText().equals(check)) {
        return finding;
      }
    }
    throw new AssertionError("no check " + check + " in " + out);
  }

  private int doctor(String photo) {
    PrintWriter writer = new PrintWriter(out, true);
    return new Facet(
            bundle -> {
              throw new IllegalStateException("no extractor");
            },
            FacetClient::new,
            writer,
            writer)
        .execute("doctor", photo, "--json", "--credentials=" + folder.resolve("credentials.json"));
  }

  private FacetClient client() throws IOException {
    return new FacetClient(Credentials.read(folder.resolve("credentials.json")));
  }

  private Path photo(String description) throws IOException {
    return Files.write(folder.resolve("photo.jpg"), description.getBytes(UTF_8));
  }

  private LocalService.Started start(NodeAuth auth, int floor) throws IOException {
    NodeOptions node =
        new NodeOptions(
            auth,
            floor,
            NodeOptions.DEFAULT.matching(),
            NodeOptions.DEFAULT.workerTime(),
            NodeOptions.DEFAULT.chaos());
    return LocalService.start(
        new ServiceOptions(folder, 0, null, "ap-southeast-2", false, List.of("*"), false, node),
        () -> new Recognition(new FakeFaces(), ScoreMap.calibratedAt(0.3)),
        new PrintStream(PrintStream.nullOutputStream()));
  }
}
