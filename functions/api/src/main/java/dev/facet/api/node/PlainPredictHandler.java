package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.Services;

/** {@code POST /node/plainPredict}: identifies a person by embeddings. */
public final class PlainPredictHandler extends Endpoint<NodeRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public PlainPredictHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public PlainPredictHandler(Services services) {
    super(services.edge(), new NodeAccess(services));
  }

  @Override
  protected ApiResponse handle(NodeRequest request) {
    return FeaturePrediction.predict(request, request.plain());
  }
}
