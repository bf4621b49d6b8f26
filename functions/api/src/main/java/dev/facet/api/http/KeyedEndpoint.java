package dev.facet.api.http;

import dev.facet.core.applications.Application;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import java.util.Optional;

/** An endpoint of {@code /v1} that requires an API key and acts for the key's application. */
public abstract class KeyedEndpoint extends Endpoint {

  private final Services services;

  /** Creates an endpoint on the given services. */
  protected KeyedEndpoint(Services services) {
    super(services.edge());
    this.services = services;
  }

  /**
   * Handles an authenticated request.
   *
   * @throws dev.facet.core.faults.Fault any fault; it becomes a {@code /v1} response
   */
  protected abstract Reply answer(AuthenticatedRequest exchange);

  /** Sends the face service a command and returns its answer. */
  protected final <A extends FaceAnswer> A ask(FaceCommand<A> command) {
    return services.faces().execute(command);
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
    return answer(new AuthenticatedRequest(incoming, application.get(), services.edge()));
  }
}
