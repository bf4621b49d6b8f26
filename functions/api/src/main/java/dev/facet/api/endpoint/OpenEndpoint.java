package dev.facet.api.endpoint;

/** An endpoint for everyone, with or without a key. */
public abstract class OpenEndpoint extends Endpoint {

  /** An endpoint on these services. */
  protected OpenEndpoint(Services services) {
    super(services);
  }

  /** Answers a request of which nothing matters but that it came. */
  protected abstract Reply answer();

  @Override
  final Reply answer(Incoming incoming) {
    return answer();
  }
}
