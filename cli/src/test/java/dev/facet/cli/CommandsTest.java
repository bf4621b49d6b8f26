package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.client.FacetClient;
import dev.facet.client.ScriptedService;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.CalibrationTable;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faces.Point;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.core.retry.Deadline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void embed_prints_a_feature_that_node_takes() throws IOException {
    assertThat(run("embed", photo("ann.jpg", "ann 1"), "--json", "--bundle", "x")).isZero();
    JsonNode json = JSON.readTree(out.toString());
    assertThat(json.get("bundle").asText()).isEqualTo("stand-in");
    assertThat(json.get("type").asText()).isEqualTo("face");
    assertThat(json.get("dimension").asInt()).isEqualTo(64);
    assertThat(json.get("embedding_vector")).hasSize(64);
    assertThat(json.get("attributes").get("quality").asDouble()).isEqualTo(0.9);
  }

  @Test
  void embed_without_json_is_two_lines() throws IOException {
    assertThat(run("embed", photo("ann.jpg", "ann 1"), "--bundle", "x")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "face at 1,2, 100 x 120 pixels; roll 4, pan -9, tilt 8 degrees; quality 0.90",
            "template of stand-in: 64 numbers; --json prints them");
  }

  @Test
  void a_photo_without_a_face_is_told_in_one_line() throws IOException {
    assertThat(run("embed", photo("sea.jpg", "none"), "--bundle", "x")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("facet: No face was found in the provided image.");
  }

  @Test
  void an_argument_that_cant_be_used_is_named_with_its_rule() {
    assertThat(run("embed", "nowhere.jpg", "--bundle", "x")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("facet: PHOTO: 'nowhere.jpg' must be a readable file");
  }

  @Test
  void an_option_that_does_not_exist_is_a_mistake_of_usage() throws IOException {
    assertThat(run("search", photo("ann.jpg", "ann"), "--limits", "3")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Unknown options: '--limits'", "Possible solutions: --limit");
  }

  @Test
  void an_option_of_the_wrong_kind_is_named() throws IOException {
    assertThat(run("search", photo("ann.jpg", "ann"), "--limit", "many")).isEqualTo(2);
    assertThat(err.toString()).contains("'--limit'", "'many' is not an int");
  }

  @Test
  void calibrate_writes_the_table_and_the_report_and_says_what_it_skipped() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (int person = 0; person < 8; person++) {
      Path own = Files.createDirectory(photos.resolve("person " + person));
      for (int photo = 0; photo < 5; photo++) {
        Files.writeString(own.resolve(photo + ".jpg"), person + " " + photo);
      }
    }
    Files.writeString(photos.resolve("person 0/crowd.jpg"), "several");
    Files.writeString(photos.resolve("person 0/sea.jpg"), "none");
    Files.writeString(photos.resolve("person 1/notes.txt"), "text");
    Files.writeString(photos.resolve("stray.jpg"), "1 9");
    Files.writeString(photos.resolve(".hidden"), "");
    Path table = folder.resolve("made/table.json");
    Path report = folder.resolve("made/report.html");

    assertThat(
            run(
                "calibrate",
                photos.toString(),
                "--bundle",
                "x",
                "--out",
                table.toString(),
                "--report",
                report.toString()))
        .isZero();

    assertThat(out.toString())
        .contains(
            "Calibration of stand-in on photos",
            "8 people, 40 photos used, 4 skipped; 80 genuine and 700 impostor comparisons",
            "skipped stray.jpg: It is not in the folder of a person.",
            "skipped person 0/crowd.jpg: More than one prominent face",
            "skipped person 0/sea.jpg: No face was found",
            "skipped person 1/notes.txt: not an image");
    CalibrationTable made = Bundle.parseCalibration(Files.newInputStream(table));
    assertThat(made.origin()).isEqualTo(new CalibrationTable.Origin("photos", 8, 40, 80, 700));
    assertThat(made.rates())
        .extracting(CalibrationTable.Rate::score)
        .containsExactly(5000, 6000, 7000, 8000);
    assertThat(made.scoreMap().score(made.points().get(1).similarity())).isEqualTo(7000);
    assertThat(Files.readString(report)).contains("Calibration of stand-in", "crowd.jpg");
  }

  @Test
  void calibrate_needs_a_folder_of_people() throws IOException {
    assertThat(run("calibrate", "nowhere", "--bundle", "x")).isEqualTo(1);
    assertThat(err.toString()).contains("DIR: 'nowhere' must be a folder");
    Path photos = Files.createDirectory(folder.resolve("few"));
    assertThat(run("calibrate", photos.toString(), "--bundle", "x")).isEqualTo(1);
    assertThat(err.toString()).contains("DIR: at least 3 people with a usable photo are needed");
  }

  @Test
  void a_registrations_id_comes_first() throws IOException {
    try (ScriptedService service =
        new ScriptedService(201, "{\"id\":\"necidguid-1\",\"attributes\":" + ATTRIBUTES + "}")) {
      assertThat(run("register", photo("ann.jpg", "ann"), credentials(service))).isZero();
      assertThat(out.toString()).startsWith("necidguid-1  face at 10,20");
    }
  }

  @Test
  void nobody_found_is_status_one() throws IOException {
    try (ScriptedService service =
        new ScriptedService(404, "{\"message\":\"Candidates not found\"}")) {
      assertThat(run("search", photo("ann.jpg", "ann"), credentials(service))).isEqualTo(1);
      assertThat(out.toString()).isEqualToIgnoringNewLines("no candidate scores 7000 or more");
    }
  }

  @Test
  void a_verification_tells_the_score() throws IOException {
    try (ScriptedService service = new ScriptedService(200, "{\"id\":\"a\",\"score\":8123}")) {
      assertThat(run("verify", "a", photo("ann.jpg", "ann"), credentials(service))).isZero();
      assertThat(out.toString()).isEqualToIgnoringNewLines("a  verified, score 8123");
    }
  }

  @Test
  void a_refusal_is_told_in_one_line() throws IOException {
    try (ScriptedService service =
        new ScriptedService(
            400, "{\"message\":\"No face.\",\"errorCode\":2001,\"errorType\":\"NoFace\"}")) {
      assertThat(run("extract", photo("sea.jpg", "none"), credentials(service))).isEqualTo(1);
      assertThat(err.toString()).isEqualToIgnoringNewLines("facet: NoFace: No face.");
    }
  }

  @Test
  void credentials_that_are_not_there_are_named() {
    assertThat(run("delete", "necidguid-1", "--credentials=nowhere.json")).isEqualTo(1);
    assertThat(err.toString())
        .contains("--credentials: 'nowhere.json' must be the credentials.json of a service");
  }

  private int run(String... arguments) {
    return new Facet(
            bundle -> new StandIn(),
            FacetClient::new,
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .execute(arguments);
  }

  private String photo(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private String credentials(ScriptedService service) throws IOException {
    Path file = folder.resolve("credentials.json");
    JSON.writeValue(file.toFile(), service.credentials());
    return "--credentials=" + file;
  }

  private static final String ATTRIBUTES =
      """
      {"faceArea":{"left":"10","top":"20","right":"110","bottom":"140"},
       "headArea":{"left":"0","top":"0","right":"120","bottom":"160"},
       "rightEyeCenter":{"x":"40.5","y":"60"},"leftEyeCenter":{"x":"80.25","y":"61"},
       "frontalFaceScore":"0.98","faceRoll":"4.9","facePan":"-9.3","faceTilt":"7.6",
       "faceScore":"0.999","faceQualityScore":"0.87"}\
      """;

  /** Sees in a text file "PERSON PHOTO" that person's face, the same in the same photo. */
  private static final class StandIn implements FaceExtractor {

    @Override
    public List<FaceAttributes> describe(byte[] image, int limit, Deadline deadline) {
      return List.of(single(image, deadline).attributes());
    }

    @Override
    public ExtractedFace single(byte[] image, Deadline deadline) {
      String text = new String(image, StandardCharsets.UTF_8);
      return switch (text) {
        case "none" -> throw new NoFace();
        case "several" -> throw new MultipleFaces();
        case "text" -> throw new InvalidRequest("not an image");
        default -> new ExtractedFace(attributes(), "size", true, template(text));
      };
    }

    @Override
    public String bundleId() {
      return "stand-in";
    }

    private static FaceAttributes attributes() {
      Box box = new Box(1, 2, 101, 122);
      return new FaceAttributes(
          box, box, new Point(30, 40), new Point(60, 40), 0.98, 4.4, -9.3, 7.6, 0.99, 0.9);
    }

    private static Template template(String text) {
      var person = RandomGeneratorFactory.of("L64X128MixRandom").create(text.charAt(0));
      var photo = RandomGeneratorFactory.of("L64X128MixRandom").create(text.hashCode());
      float[] vector = new float[64];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (person.nextGaussian() + 0.6 * photo.nextGaussian());
      }
      return Template.normalised("face", vector);
    }
  }
}
