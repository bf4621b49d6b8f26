package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.OpenEndpoint;
import dev.facet.api.http.Services;

/** {@code GET /v1/health}: answers without a key, and accesses no store. */
public final class HealthHandler extends OpenEndpoint {

  /** Creates the handler from the function's environment, for Lambda. */
  public HealthHandler() {
    super(Wiring.fromEnvironment().edge());
  }

  /** Creates the handler on the given services. */
  public HealthHandler(Services services) {
    super(services.edge());
  }

  @Override
  protected ApiResponse answer() {
    return ApiResponse.of(200, V1Bodies.health());
  }
}
