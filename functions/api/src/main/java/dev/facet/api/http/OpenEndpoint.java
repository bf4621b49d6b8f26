package dev.facet.api.http;

/** An endpoint that requires no API key. */
public abstract class OpenEndpoint extends Endpoint {

  /** Creates an endpoint in the given environment. */
  protected OpenEndpoint(EndpointContext edge) {
    super(edge);
  }

  /** Handles a request without looking at its content. */
  protected abstract ApiResponse answer();

  @Override
  protected final ApiResponse answer(ApiRequest request) {
    return answer();
  }
}
