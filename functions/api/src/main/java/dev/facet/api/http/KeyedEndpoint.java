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
  protected abstract ApiResponse answer(AuthenticatedRequest exchange);

  /** Sends the face service a command and returns its answer. */
  protected final <A extends FaceAnswer> A ask(FaceCommand<A> command) {
    return services.faces().answer(command);
  }

  @Override
  protected final ApiResponse answer(ApiRequest request) {
    if (request.isLargerThan(services.edge().settings().bodyBytes())) {
      return ApiResponse.TOO_LONG;
    }
    Optional<Application> application =
        request
            .apiKey()
            .flatMap(key -> services.authenticator().application(key, request.caller()));
    if (application.isEmpty()) {
      return ApiResponse.FORBIDDEN;
    }
    request.log().with("applicationId", application.get().id().toString());
    return answer(new AuthenticatedRequest(request, application.get(), services.edge()));
  }
}
