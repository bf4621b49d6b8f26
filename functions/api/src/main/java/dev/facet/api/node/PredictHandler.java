package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;

/** {@code POST /node/{version}/predict}: whom encrypted embeddings show. */
public final class PredictHandler extends PredictionEndpoint {

  /** For Lambda. */
  public PredictHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** On services made elsewhere. */
  public PredictHandler(Services services) {
    super(services);
  }

  @Override
  protected Reply answer(NodeExchange exchange) {
    return predict(exchange, exchange.encrypted());
  }
}
