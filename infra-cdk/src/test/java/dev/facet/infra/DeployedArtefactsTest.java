package dev.facet.infra;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.infra.DeploymentSettings.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out before anything is deployed. */
class DeployedArtefactsTest {

  private static final List<String> BUNDLES = List.of("faces-512", "faces-128");

  @TempDir private Path root;

  @BeforeEach
  void build() throws IOException {
    for (String file :
        new String[] {
          "functions/api/target/facet-api-1.0.0-SNAPSHOT.jar",
          "functions/api/target/layer/java/lib/a.jar",
          "functions/keys/target/facet-keys-1.0.0-SNAPSHOT.jar",
          "functions/keys/target/layer/java/lib/a.jar",
          "functions/face/target/image/bundles/faces-512/manifest.json",
          "functions/face/target/image/bundles/faces-128/manifest.json",
          "functions/face/target/image/lib/opencv-1.0-linux-x86_64.jar"
        }) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), "");
    }
  }

  @Test
  void what_was_built_for_the_processor_is_taken() {
    assertThatCode(() -> DeployedArtefacts.builtIn(root).check(Processor.X86_64, BUNDLES))
        .doesNotThrowAnyException();
  }

  @Test
  void an_image_without_a_bundle_that_it_should_serve_is_refused() {
    assertThatThrownBy(
            () ->
                DeployedArtefacts.builtIn(root)
                    .check(Processor.X86_64, List.of("faces-512", "faces-256")))
        .hasMessageContaining("faces-256")
        .hasMessageContaining("is not there");
  }

  @Test
  void what_was_not_built_is_named_with_the_command_that_builds_it() throws IOException {
    Files.delete(root.resolve("functions/api/target/facet-api-1.0.0-SNAPSHOT.jar"));

    assertThatThrownBy(() -> DeployedArtefacts.builtIn(root).check(Processor.X86_64, BUNDLES))
        .hasMessageContaining("facet-api-1.0.0-SNAPSHOT.jar is not there")
        .hasMessageContaining("mvn ");
  }

  @Test
  void an_image_of_the_other_processors_natives_is_refused() {
    assertThatThrownBy(() -> DeployedArtefacts.builtIn(root).check(Processor.ARM64, BUNDLES))
        .hasMessageContaining("[x86_64]")
        .hasMessageContaining("-P arm64");
  }

  @Test
  void an_image_of_both_processors_natives_is_refused() throws IOException {
    Files.writeString(
        root.resolve("functions/face/target/image/lib/opencv-1.0-linux-arm64.jar"), "");

    assertThatThrownBy(() -> DeployedArtefacts.builtIn(root).check(Processor.ARM64, BUNDLES))
        .hasMessageContaining("clean package");
  }
}
