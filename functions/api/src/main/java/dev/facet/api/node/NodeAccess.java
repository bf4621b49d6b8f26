package dev.facet.api.node;

import dev.facet.api.http.Access;
import dev.facet.api.http.ApiRequest;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.JsonBody;
import dev.facet.api.http.KeyChecks;
import dev.facet.api.http.Services;
import dev.facet.core.faults.Fault;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyGrant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The access to {@code /node}. It takes the API key from the header {@code x-api-key} or from the
 * body's {@code api_key}, enforces the key's usage plan, and acts for the key's application.
 */
final class NodeAccess implements Access<NodeRequest> {

  private final Services services;
  private final KeyChecks checks;
  private final ApiResponse badKey;

  /** Creates the access on the given services. */
  NodeAccess(Services services) {
    this(services, NodeResponses.refused(403, -1, "Invalid api key"));
  }

  /**
   * @param badKey the response to a key that is not accepted
   */
  NodeAccess(Services services, ApiResponse badKey) {
    this.services = services;
    this.checks = new KeyChecks(services);
    this.badKey = badKey;
  }

  @Override
  public ApiResponse admit(ApiRequest request, Function<NodeRequest, ApiResponse> handler) {
    if (checks.isTooLong(request)) {
      return ApiResponse.TOO_LONG;
    }
    JsonBody body = body(request);
    return switch (GivenKey.of(request.header("x-api-key"), body.find("api_key").orElse(null))) {
      case GivenKey.Missing _ -> NodeResponses.refused(400, -1, "Missing api key");
      case GivenKey.Ambiguous _ -> badKey;
      case GivenKey.One(ApiKey key) -> admit(request, body, key, handler);
    };
  }

  private ApiResponse admit(
      ApiRequest request, JsonBody body, ApiKey key, Function<NodeRequest, ApiResponse> handler) {
    Optional<KeyGrant> grant = checks.grant(request, key);
    if (grant.isEmpty()) {
      return badKey;
    }
    return switch (services.node().metering().admit(grant.get())) {
      case ADMITTED ->
          handler.apply(
              new NodeRequest(
                  request,
                  checks.authenticated(request, grant.get()),
                  body,
                  key,
                  services.node().ciphers()));
      case THROTTLED -> NodeResponses.refused(429, -1, "Too Many Requests");
      case QUOTA_SPENT -> NodeResponses.refused(429, -1, "Limit Exceeded");
    };
  }

  @Override
  public ApiResponse respond(Fault fault) {
    return NodeResponses.to(fault);
  }

  /** Parses the body; an absent one is an empty object, because the key may be in the header. */
  private static JsonBody body(ApiRequest request) {
    byte[] bytes = request.body();
    return bytes.length == 0 ? JsonBody.EMPTY : JsonBody.parse(bytes);
  }
}
