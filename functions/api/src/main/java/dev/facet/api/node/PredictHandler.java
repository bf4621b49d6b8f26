package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Services;

/** {@code POST /node/{version}/predict}: identifies a person by encrypted embeddings. */
public final class PredictHandler extends PredictionEndpoint {

  /** Creates the handler from the function's environment, for Lambda. */
  public PredictHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public PredictHandler(Services services) {
    super(services);
  }

  @Override
  protected ApiResponse answer(NodeRequest exchange) {
    return predict(exchange, exchange.encrypted());
  }
}
