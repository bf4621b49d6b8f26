package dev.facet.local.service;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.vision.TorchFaceExtractor;
import java.nio.file.Path;

/**
 * Loaded face models.
 *
 * @param extractor detects and describes faces
 * @param scores maps the similarity of its templates to scores
 */
public record Recognition(FaceExtractor extractor, ScoreMap scores) implements AutoCloseable {

  /**
   * Loads a bundle.
   *
   * @throws dev.facet.core.bundle.BundleException if it is missing, damaged or does not fit its
   *     manifest
   */
  public static Recognition load(Path folder) {
    Bundle bundle = Bundle.open(folder);
    return new Recognition(
        new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults()),
        bundle.manifest().calibration().scoreMap());
  }

  @Override
  public void close() {
    if (extractor instanceof TorchFaceExtractor torch) {
      torch.close();
    }
  }
}
