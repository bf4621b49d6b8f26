package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.AuthenticatedRequest;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.KeyedAccess;
import dev.facet.api.http.Services;
import dev.facet.core.faces.FaceCommand.Register;

/** {@code POST /v1/subjects}: enrols the person in a photo. */
public final class RegisterSubjectHandler extends Endpoint<AuthenticatedRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public RegisterSubjectHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public RegisterSubjectHandler(Services services) {
    super(services.edge(), new KeyedAccess(services));
  }

  @Override
  protected ApiResponse handle(AuthenticatedRequest request) {
    String face = request.body().text("face");
    return ApiResponse.of(
        201, V1Bodies.subject(request.execute(new Register(request.commandCall(face), face))));
  }
}
