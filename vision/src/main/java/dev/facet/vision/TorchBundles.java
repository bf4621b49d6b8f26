package dev.facet.vision;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faults.BundleUnavailable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bundles whose networks run on PyTorch. Manifests are read at once, networks when a bundle is
 * first needed. Networks that several bundles have in common are loaded once.
 */
public final class TorchBundles implements ImageBundles, AutoCloseable {

  private final Map<String, Bundle> bundles = new LinkedHashMap<>();
  private final Map<String, Loaded> loaded = new LinkedHashMap<>();
  private final String defaultId;
  private final TorchFaceExtractor.Settings settings;
  private final SharedModels models = new SharedModels();

  private record Loaded(TorchFaceExtractor extractor, ImageBundle bundle) {}

  /**
   * Reads the manifests of bundles.
   *
   * @param folders at least one; the first is the default bundle. Of two bundles with the same id
   *     the first counts
   * @throws dev.facet.core.bundle.BundleException if a bundle is missing or damaged
   */
  public TorchBundles(List<Path> folders, TorchFaceExtractor.Settings settings) {
    for (Path folder : folders) {
      Bundle bundle = Bundle.open(folder);
      bundles.putIfAbsent(bundle.manifest().id(), bundle);
    }
    this.defaultId = bundles.keySet().iterator().next();
    this.settings = settings;
  }

  @Override
  public String defaultId() {
    return defaultId;
  }

  @Override
  public Set<String> ids() {
    return Set.copyOf(bundles.keySet());
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.facet.core.bundle.BundleException if a network does not fit its manifest
   */
  @Override
  public synchronized ImageBundle get(String id) {
    Bundle bundle = bundles.get(id);
    if (bundle == null) {
      throw BundleUnavailable.of(id);
    }
    return loaded.computeIfAbsent(id, absent -> load(bundle)).bundle();
  }

  private Loaded load(Bundle bundle) {
    TorchFaceExtractor extractor = new TorchFaceExtractor(bundle, settings, StageTimer.OFF, models);
    BundleManifest manifest = bundle.manifest();
    return new Loaded(
        extractor,
        new ImageBundle(extractor, manifest.calibration().scoreMap(), manifest.measurability()));
  }

  @Override
  public synchronized void close() {
    loaded.values().forEach(bundle -> bundle.extractor().close());
    loaded.clear();
  }
}
