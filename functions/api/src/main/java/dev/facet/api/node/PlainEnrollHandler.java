package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Services;

/** {@code POST /node/plainEnroll}: enrols a person by embeddings. */
public final class PlainEnrollHandler extends EnrolmentEndpoint {

  /** Creates the handler from the function's environment, for Lambda. */
  public PlainEnrollHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public PlainEnrollHandler(Services services) {
    super(services);
  }

  @Override
  protected ApiResponse answer(NodeRequest exchange) {
    return enrol(exchange, exchange.plain());
  }
}
