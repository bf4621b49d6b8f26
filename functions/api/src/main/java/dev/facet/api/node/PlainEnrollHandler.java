package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.Services;

/** {@code POST /node/plainEnroll}: enrols a person by embeddings. */
public final class PlainEnrollHandler extends Endpoint<NodeRequest> {

  private final FeatureEnrolment enrolment;

  /** Creates the handler from the function's environment, for Lambda. */
  public PlainEnrollHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public PlainEnrollHandler(Services services) {
    super(services.edge(), new NodeAccess(services));
    this.enrolment = new FeatureEnrolment(services.node().queue());
  }

  @Override
  protected ApiResponse handle(NodeRequest request) {
    return enrolment.enrol(request, request.plain());
  }
}
