package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.OpenEndpoint;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;

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
