package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.Services;

/** {@code POST /node/{version}/predict}: identifies a person by encrypted embeddings. */
public final class PredictHandler extends Endpoint<NodeRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public PredictHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public PredictHandler(Services services) {
    super(services.edge(), new NodeAccess(services));
  }

  @Override
  protected ApiResponse handle(NodeRequest request) {
    return FeaturePrediction.predict(request, request.encrypted());
  }
}
