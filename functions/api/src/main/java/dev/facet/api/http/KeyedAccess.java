package dev.facet.api.http;

import dev.facet.core.faults.Fault;
import dev.facet.core.keys.KeyGrant;
import java.util.Optional;
import java.util.function.Function;

/** The access to endpoints of {@code /v1} that require an API key and act for its application. */
public final class KeyedAccess implements Access<AuthenticatedRequest> {

  private final KeyChecks checks;

  /** Creates the access on the given services. */
  public KeyedAccess(Services services) {
    this.checks = new KeyChecks(services);
  }

  @Override
  public ApiResponse admit(
      ApiRequest request, Function<AuthenticatedRequest, ApiResponse> handler) {
    if (checks.isTooLong(request)) {
      return ApiResponse.TOO_LONG;
    }
    Optional<KeyGrant> grant = request.apiKey().flatMap(key -> checks.grant(request, key));
    return grant.isEmpty()
        ? ApiResponse.FORBIDDEN
        : handler.apply(checks.authenticated(request, grant.get()));
  }

  @Override
  public ApiResponse respond(Fault fault) {
    return FaultResponses.of(fault);
  }
}
