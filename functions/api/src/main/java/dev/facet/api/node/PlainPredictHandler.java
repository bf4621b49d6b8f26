package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;

/** {@code POST /node/plainPredict}: whom embeddings show. */
public final class PlainPredictHandler extends PredictionEndpoint {

  /** For Lambda. */
  public PlainPredictHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** On services made elsewhere. */
  public PlainPredictHandler(Services services) {
    super(services);
  }

  @Override
  protected Reply answer(NodeExchange exchange) {
    return predict(exchange, exchange.plain());
  }
}
