package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiRequest;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.OpenAccess;
import dev.facet.api.http.Services;

/** {@code GET /v1/health}: answers without a key, and accesses no store. */
public final class HealthHandler extends Endpoint<ApiRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public HealthHandler() {
    super(Wiring.fromEnvironment().edge(), new OpenAccess());
  }

  /** Creates the handler on the given services. */
  public HealthHandler(Services services) {
    super(services.edge(), new OpenAccess());
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    return ApiResponse.of(200, V1Bodies.health());
  }
}
