package dev.facet.api;

import dev.facet.api.bodies.Bodies;
import dev.facet.api.endpoint.OpenEndpoint;
import dev.facet.api.endpoint.Reply;
import dev.facet.api.endpoint.Services;

/** {@code GET /v1/health}: answers whoever asks, and touches no store. */
public final class HealthHandler extends OpenEndpoint {

  /** For Lambda. */
  public HealthHandler() {
    super(Wiring.fromEnvironment().edge());
  }

  /** On services made elsewhere. */
  public HealthHandler(Services services) {
    super(services.edge());
  }

  @Override
  protected Reply answer() {
    return Reply.of(200, Bodies.health());
  }
}
