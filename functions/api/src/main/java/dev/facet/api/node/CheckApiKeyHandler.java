package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.Services;

/** {@code POST /node/api-key/checkApiKeyValid}: checks that a key is accepted. */
public final class CheckApiKeyHandler extends Endpoint<NodeRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public CheckApiKeyHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public CheckApiKeyHandler(Services services) {
    super(
        services.edge(),
        new NodeAccess(services, NodeResponses.refused(403, -1, "Failed to check api key")));
  }

  @Override
  protected ApiResponse handle(NodeRequest request) {
    return NodeResponses.keyIsValid();
  }
}
