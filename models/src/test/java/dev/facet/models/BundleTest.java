package dev.facet.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.bundle.Anchors;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleException;
import dev.facet.core.bundle.BundleManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @TempDir private Path folder;
  private Path manifest;

  @BeforeEach
  void writeTinyBundle() throws IOException {
    new TinyBundle(4).write(folder);
    manifest = folder.resolve(BundleManifest.FILE);
  }

  @Test
  void the_default_bundle_is_reproducible(@TempDir Path first, @TempDir Path second)
      throws IOException {
    Path networks =
        Path.of(
            System.getProperty("facet.root"),
            "models/node_modules/faceplugin-face-recognition-js/model");
    new DefaultBundle(networks).write(first);
    new DefaultBundle(networks).write(second);

    List<Path> files;
    try (Stream<Path> list = Files.list(first)) {
      files = list.toList();
    }
    assertThat(files).hasSize(7);
    for (Path file : files) {
      assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
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
