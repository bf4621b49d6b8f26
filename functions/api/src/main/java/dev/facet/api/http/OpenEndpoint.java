package dev.facet.api.http;

/** An endpoint for everyone, with or without a key. */
public abstract class OpenEndpoint extends Endpoint {

  /** An endpoint in these surroundings. */
  protected OpenEndpoint(Edge edge) {
    super(edge);
  }

  /** Answers a request of which nothing matters but that it came. */
  protected abstract Reply answer();

  @Override
  protected final Reply answer(Incoming incoming) {
    return answer();
  }
}
