package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleFolderTest {

  @TempDir private Path home;

  @Test
  void an_id_names_a_bundle_of_the_installation_and_other_text_a_folder() throws IOException {
    Path installed = Files.createDirectories(home.resolve("models/target/bundles/tiny-4"));
    BundleFolder folders = new BundleFolder(home);
    assertThat(folders.convert("tiny-4")).isEqualTo(installed);
    assertThat(folders.convert("tiny-5")).isEqualTo(Path.of("tiny-5"));
    assertThat(folders.convert("some/folder")).isEqualTo(Path.of("some/folder"));
  }
}
