package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.AuthenticatedRequest;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.KeyedAccess;
import dev.facet.api.http.Services;
import dev.facet.core.faces.FaceCommand.Update;
import dev.facet.core.subjects.SubjectId;

/** {@code PUT /v1/subjects/{id}}: replaces the photo and template of a subject. */
public final class UpdateSubjectHandler extends Endpoint<AuthenticatedRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public UpdateSubjectHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public UpdateSubjectHandler(Services services) {
    super(services.edge(), new KeyedAccess(services));
  }

  @Override
  protected ApiResponse handle(AuthenticatedRequest request) {
    SubjectId subject = request.subject();
    String face = request.body().text("face");
    Update update = new Update(request.commandCall(subject.value(), face), subject, face);
    return ApiResponse.of(200, V1Bodies.subject(request.execute(update)));
  }
}
