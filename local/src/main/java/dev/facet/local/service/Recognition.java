package dev.facet.local.service;

import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.vision.TorchBundles;
import dev.facet.vision.TorchFaceExtractor;
import java.nio.file.Path;
import java.util.List;

/**
 * The face models of a local service.
 *
 * @param bundles the model bundles, that of new galleries loaded
 */
public record Recognition(ImageBundles bundles) implements AutoCloseable {

  /** Creates the models of one bundle that is loaded already. */
  public Recognition(FaceExtractor extractor, ScoreMap scores) {
    this(ImageBundles.of(new ImageBundle(extractor, scores)));
  }

  /**
   * Opens bundles and loads the first, which is that of new galleries.
   *
   * @throws dev.facet.core.bundle.BundleException if one is missing or damaged, or the first does
   *     not fit its manifest
   */
  public static Recognition load(List<Path> folders) {
    TorchBundles bundles = new TorchBundles(folders, TorchFaceExtractor.Settings.defaults());
    ImageBundle _ = bundles.get(bundles.defaultId());
    return new Recognition(bundles);
  }

  @Override
  public void close() {
    if (bundles instanceof TorchBundles torch) {
      torch.close();
    }
  }
}
