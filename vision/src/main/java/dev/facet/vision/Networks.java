package dev.facet.vision;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.Net;
import java.util.ArrayList;
import java.util.List;

/**
 * The loaded networks of a bundle.
 *
 * @param parts the detector's truncated networks, in the manifest's order
 */
record Networks(
    Network detector, Network landmarks, Network pose, Network embedding, List<Network> parts)
    implements AutoCloseable {

  /**
   * Loads all networks of a bundle; closes them again if one fails.
   *
   * @param models holds those that other bundles have loaded
   * @throws dev.facet.core.bundle.BundleException if one does not fit its manifest
   */
  static Networks load(Bundle bundle, SharedModels models) {
    List<Network> loaded = new ArrayList<>();
    try {
      for (Net net : bundle.nets()) {
        loaded.add(Network.load(bundle, net, models));
      }
    } catch (RuntimeException e) {
      loaded.forEach(Network::close);
      throw e;
    }
    return new Networks(
        loaded.get(0),
        loaded.get(1),
        loaded.get(2),
        loaded.get(3),
        List.copyOf(loaded.subList(4, loaded.size())));
  }

  @Override
  public void close() {
    List.of(detector, landmarks, pose, embedding).forEach(Network::close);
    parts.forEach(Network::close);
  }
}
