package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;

/** {@code POST /node/plainEnroll}: enrols whom embeddings show. */
public final class PlainEnrollHandler extends EnrolmentEndpoint {

  /** For Lambda. */
  public PlainEnrollHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** On services made elsewhere. */
  public PlainEnrollHandler(Services services) {
    super(services);
  }

  @Override
  protected Reply answer(NodeExchange exchange) {
    return enrol(exchange, exchange.plain());
  }
}
