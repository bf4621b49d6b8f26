package dev.facet.api.http;

import dev.facet.core.faults.Fault;
import java.util.function.Function;

/** The access to endpoints of {@code /v1} that require no API key. */
public final class OpenAccess implements Access<ApiRequest> {

  /** Creates the access, which has no state. */
  public OpenAccess() {}

  @Override
  public ApiResponse admit(ApiRequest request, Function<ApiRequest, ApiResponse> handler) {
    return handler.apply(request);
  }

  @Override
  public ApiResponse respond(Fault fault) {
    return FaultResponses.of(fault);
  }
}
