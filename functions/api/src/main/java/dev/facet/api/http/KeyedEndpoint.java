package dev.facet.api.http;

import dev.facet.core.applications.Application;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import java.util.Optional;

/** An endpoint for holders of an API key: it answers in the name of the key's application. */
public abstract class KeyedEndpoint extends Endpoint {

  private final Services services;

  /** An endpoint on these services. */
  protected KeyedEndpoint(Services services) {
    super(services.edge());
    this.services = services;
  }

  /**
   * Answers a request of a known application.
   *
   * @throws dev.facet.core.faults.Fault any; it becomes the answer that {@code /v1} has for it
   */
  protected abstract Reply answer(Exchange exchange);

  /** Gives the face service a command. */
  protected final <A extends FaceAnswer> A ask(FaceCommand<A> command) {
    return services.faces().answer(command);
  }

  @Override
  protected final Reply answer(Incoming incoming) {
    Request request = incoming.request();
    if (request.isLargerThan(services.edge().settings().bodyBytes())) {
      return Reply.TOO_LONG;
    }
    Optional<Application> application =
        request
            .apiKey()
            .flatMap(key -> services.authenticator().application(key, request.caller()));
    if (application.isEmpty()) {
      return Reply.FORBIDDEN;
    }
    incoming.log().with("applicationId", application.get().id().toString());
    return answer(new Exchange(incoming, application.get(), services.edge()));
  }
}
