package dev.facet.api.http;

import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.faces.FaceService;
import dev.facet.core.keys.Authenticator;
import dev.facet.core.keys.KeyStore;

/**
 * What handlers work with; all of it is safe for concurrent use.
 *
 * @param authenticator tells whose a key is
 * @param faces does the work
 * @param edge settings, time and randomness
 * @param node what only {@code /node} needs
 */
public record Services(Authenticator authenticator, FaceService faces, Edge edge, NodePorts node) {

  /** Services on these stores, the system's clock and randomness, and default settings. */
  public static Services of(KeyStore keys, ApplicationStore applications, FaceService faces) {
    return of(keys, applications, faces, Edge.of(Settings.DEFAULT));
  }

  /** Services on these stores. */
  public static Services of(
      KeyStore keys, ApplicationStore applications, FaceService faces, Edge edge) {
    return new Services(
        new Authenticator(keys, applications, edge.clock()), faces, edge, NodePorts.withDefaults());
  }

  /** The same services, with other ports for {@code /node}. */
  public Services with(NodePorts other) {
    return new Services(authenticator, faces, edge, other);
  }
}
