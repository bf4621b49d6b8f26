package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Services;

/** {@code POST /node/{version}/enroll}: enrols a person by encrypted embeddings. */
public final class EnrollHandler extends EnrolmentEndpoint {

  /** Creates the handler from the function's environment, for Lambda. */
  public EnrollHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public EnrollHandler(Services services) {
    super(services);
  }

  @Override
  protected ApiResponse answer(NodeRequest exchange) {
    return enrol(exchange, exchange.encrypted());
  }
}
