package dev.facet.core.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.core.bundle.Measurability.QualityPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleManifestTest {

  private static final Measurability LIMITS =
      new Measurability(
          11.46,
          10.5,
          9.9,
          0.5,
          List.of(new QualityPoint(8, 0.1), new QualityPoint(10, 0.5), new QualityPoint(12, 0.9)));

  @TempDir private Path folder;

  @Test
  void the_limits_of_measurable_faces_survive_a_round_trip() throws IOException {
    BundleManifest manifest = manifest(2, LIMITS);

    assertThat(written(Bundle.toJson(manifest))).isEqualTo(manifest);
  }

  @Test
  void a_bundle_may_have_limits_without_weighing_similarities() throws IOException {
    BundleManifest manifest = manifest(2, new Measurability(null, 3, 2.5, 0.5, LIMITS.quality()));

    assertThat(written(Bundle.toJson(manifest))).isEqualTo(manifest);
  }

  @Test
  void a_manifest_of_schema_1_has_no_limits() throws IOException {
    BundleManifest manifest = manifest(1, null);

    String json = new String(Bundle.toJson(manifest), UTF_8);

    assertThat(json).doesNotContain("measurability");
    assertThat(written(json.getBytes(UTF_8))).isEqualTo(manifest);
    assertThatThrownBy(() -> manifest(1, LIMITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("measurability must be provided in schema 2, and only there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "schema" : 2|"schema" : 3|has format 3, which this version does not know
          "measurability"|"measurable"|measurability
          "fullWeightNorm" : 11.46|"fullWeightNorm" : 0|measurability.fullWeightNorm must be positive
          "lookAgainNorm" : 10.5|"lookAgainNorm" : -1|measurability.lookAgainNorm must not be negative
          "minNorm" : 9.9|"minNorm" : -1|measurability.minNorm must not be negative
          "minNorm" : 9.9|"norm" : 9.9|minNorm
          "minDirectionalSharpness" : 0.5|"minDirectionalSharpness" : 5|minDirectionalSharpness must be 0..1
          "norm" : 10.0|"norm" : 8.0|measurability.quality must increase
          "probability" : 0.5|"probability" : 0.95|measurability.quality must increase
          "probability" : 0.9|"probability" : 1.1|measurability.quality.probability must be 0..1
          """)
  void a_manifest_that_breaks_a_rule_is_refused_by_name(
      String valid, String invalid, String message) {
    String json = new String(Bundle.toJson(manifest(2, LIMITS)), UTF_8);
    assertThat(json).contains(valid);

    assertThatThrownBy(() -> written(json.replace(valid, invalid).getBytes(UTF_8)))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1", "8, 0.1", "9, 0.3", "10, 0.5", "11.5, 0.8", "12, 0.9", "40, 0.9"})
  void the_quality_curve_is_linear_between_its_points(double norm, double probability) {
    assertThat(LIMITS.quality(norm)).isCloseTo(probability, within(1e-12));
  }

  private BundleManifest written(byte[] json) throws IOException {
    Files.writeString(folder.resolve("net.pt"), "net");
    Files.write(folder.resolve(BundleManifest.FILE), json);
    return Bundle.open(folder).manifest();
  }

  private static BundleManifest manifest(int schema, @Nullable Measurability measurability) {
    Net net =
        new Net(
            "net.pt",
            "a08a0fcbdeafd3c1b3a4b495b9a9c9d96850f08946b52bc0622347d3b6e73b78",
            new Net.Input(8, 8, Net.Colours.GREY, List.of(0.0), List.of(1.0)),
            List.of(new Net.Output("out", List.of(1L, 4L))),
            new Net.Provenance("none", "none", "none", "none", "none"));
    return new BundleManifest(
        schema,
        "test",
        "1",
        new BundleManifest.Detector(
            net, new Anchors(List.of(List.of(8)), List.of(8), 0.1, 0.2), List.of(), 0.5, 0.3),
        new BundleManifest.Landmarks(net),
        new BundleManifest.Pose(net, 3, -99),
        new BundleManifest.Embedding(net, 4, 13),
        new CalibrationTable(
            new CalibrationTable.Origin("none", 0, 0, 0, 0),
            "none",
            ScoreMap.calibratedAt(0.5).knots(),
            List.of()),
        measurability);
  }
}
