package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;

/** {@code POST /node/{version}/enroll}: enrols whom encrypted embeddings show. */
public final class EnrollHandler extends EnrolmentEndpoint {

  /** For Lambda. */
  public EnrollHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** On services made elsewhere. */
  public EnrollHandler(Services services) {
    super(services);
  }

  @Override
  protected Reply answer(NodeExchange exchange) {
    return enrol(exchange, exchange.encrypted());
  }
}
