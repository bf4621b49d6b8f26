package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.retry.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of a service with another bundle than that of the data folder's galleries. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleGuardIT {

  @TempDir private Path folder;

  @Test
  void a_folder_of_another_bundle_is_refused_until_its_bundle_is_back() {
    String id;
    try (ServiceFixture service = start("fake-512")) {
      id = service.caller().register(FakeFaces.photo("ann/1")).id();
    }
    assertThatThrownBy(() -> start("other-256"))
        .isInstanceOf(BundleMissing.class)
        .hasMessageContaining("1 faces of bundle fake-512 (application ")
        .hasMessageContaining("only the bundle other-256 is on board")
        .hasMessageContaining("--bundle")
        .hasMessageContaining("./facet applications erase ID");
    try (ServiceFixture service = start("fake-512")) {
      assertThat(service.caller().delete(id).status()).isEqualTo(204);
    }
    start("other-256").close();
  }

  @Test
  void a_folder_that_an_older_version_wrote_is_refused_too() throws Exception {
    try (ServiceFixture service = start("fake-512")) {
      assertThat(service.caller().register(FakeFaces.photo("ann/1")).status()).isEqualTo(201);
    }
    Files.delete(folder.resolve("bundles.json"));
    assertThatThrownBy(() -> start("other-256")).isInstanceOf(BundleMissing.class);
    start("fake-512").close();
    assertThat(folder.resolve("bundles.json")).content().contains("\"fake-512\"");
  }

  private ServiceFixture start(String bundle) {
    return ServiceFixture.start(
        ServiceFixture.options(folder, false, false),
        new Recognition(new Renamed(bundle, new FakeFaces()), ScoreMap.calibratedAt(0.3)));
  }

  /** The fake networks as a bundle of another id. */
  private record Renamed(String bundleId, FaceExtractor faces) implements FaceExtractor {

    @Override
    public List<FaceAttributes> describe(byte[] image, int limit, Deadline deadline) {
      return faces.describe(image, limit, deadline);
    }

    @Override
    public ExtractedFace single(byte[] image, Deadline deadline) {
      return faces.single(image, deadline);
    }
  }
}
