package dev.facet.vision;

import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import org.jspecify.annotations.Nullable;

/** Manifests for tests, derived from those of bundles. */
final class Manifests {

  private Manifests() {}

  /** Returns the manifest with another gate, or of the first schema without one. */
  static BundleManifest with(BundleManifest manifest, @Nullable Measurability measurability) {
    return new BundleManifest(
        measurability == null ? 1 : 2,
        manifest.id(),
        manifest.version(),
        manifest.detector(),
        manifest.landmarks(),
        manifest.pose(),
        manifest.embedding(),
        manifest.calibration(),
        measurability);
  }
}
