package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.bundle.Bundle;
import dev.facet.models.TinyBundle;
import dev.facet.vision.TorchFaceExtractor.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedModelsTest {

  private static TorchFaceExtractor extractor(Path folder, SharedModels models) {
    return new TorchFaceExtractor(
        Bundle.open(folder), new Settings(1, 1_000_000), StageTimer.OFF, models);
  }

  private static Path tiny(Path parent, String name, int dimension) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    new TinyBundle(dimension).write(folder);
    return folder;
  }

  @Test
  void a_file_that_two_bundles_have_is_loaded_once_and_freed_with_the_last(@TempDir Path folder)
      throws IOException {
    SharedModels models = new SharedModels();
    TorchFaceExtractor one = extractor(tiny(folder, "one", 4), models);
    assertThat(models.size()).isEqualTo(1);
    TorchFaceExtractor same = extractor(tiny(folder, "same", 4), models);
    assertThat(models.size()).isEqualTo(1);
    TorchFaceExtractor other = extractor(tiny(folder, "other", 5), models);
    assertThat(models.size()).isEqualTo(2);

    one.close();

    assertThat(models.size()).isEqualTo(2);
    same.close();
    assertThat(models.size()).isEqualTo(1);
    other.close();
    assertThat(models.size()).isZero();
  }

  @Test
  void a_network_that_is_refused_leaves_nothing_behind(@TempDir Path folder) throws IOException {
    SharedModels models = new SharedModels();
    Path tiny = tiny(folder, "tiny", 4);
    Path manifest = tiny.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"shape\" : [ 1, 4 ]", "\"shape\" : [ 1, 5 ]"));

    assertThatThrownBy(() -> extractor(tiny, models)).hasMessageContaining("not [5]");

    assertThat(models.size()).isZero();
  }
}
