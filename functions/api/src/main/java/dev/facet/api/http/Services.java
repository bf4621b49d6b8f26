package dev.facet.api.http;

import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.faces.FaceService;
import dev.facet.core.keys.Authenticator;
import dev.facet.core.keys.KeyStore;

/**
 * The services that handlers use. All are safe for concurrent use.
 *
 * @param authenticator finds the application of an API key
 * @param faces executes commands
 * @param edge settings, clock, random ids and telemetry
 * @param node the services that only {@code /node} uses
 */
public record Services(
    Authenticator authenticator, FaceService faces, EndpointContext edge, NodePorts node) {

  /** Returns services on the given stores, with the system's clock and default settings. */
  public static Services of(KeyStore keys, ApplicationStore applications, FaceService faces) {
    return of(keys, applications, faces, EndpointContext.of(Settings.DEFAULT));
  }

  /** Returns services on the given stores. */
  public static Services of(
      KeyStore keys, ApplicationStore applications, FaceService faces, EndpointContext edge) {
    return new Services(
        new Authenticator(keys, applications, edge.clock()), faces, edge, NodePorts.withDefaults());
  }

  /** Returns a copy with other ports for {@code /node}. */
  public Services with(NodePorts other) {
    return new Services(authenticator, faces, edge, other);
  }
}
