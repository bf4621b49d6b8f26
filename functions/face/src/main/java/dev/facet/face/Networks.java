package dev.facet.face;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Net;
import java.util.ArrayList;
import java.util.List;

/** A bundle's networks, loaded. */
record Networks(Network detector, Network landmarks, Network pose, Network embedding)
    implements AutoCloseable {

  /**
   * Loads all networks of a bundle, or none.
   *
   * @throws dev.facet.core.bundle.BundleException if one does not fit its manifest
   */
  static Networks load(Bundle bundle) {
    BundleManifest manifest = bundle.manifest();
    List<Network> loaded = new ArrayList<>();
    try {
      for (Net net :
          List.of(
              manifest.detector().net(),
              manifest.landmarks().net(),
              manifest.pose().net(),
              manifest.embedding().net())) {
        loaded.add(Network.load(bundle, net));
      }
    } catch (RuntimeException e) {
      loaded.forEach(Network::close);
      throw e;
    }
    return new Networks(loaded.get(0), loaded.get(1), loaded.get(2), loaded.get(3));
  }

  @Override
  public void close() {
    List.of(detector, landmarks, pose, embedding).forEach(Network::close);
  }
}
