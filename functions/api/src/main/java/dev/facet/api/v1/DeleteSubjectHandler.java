package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.AuthenticatedRequest;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.KeyedAccess;
import dev.facet.api.http.Services;
import dev.facet.core.faces.FaceCommand.Delete;
import dev.facet.core.subjects.SubjectId;

/** {@code DELETE /v1/subjects/{id}}: deletes a subject permanently. */
public final class DeleteSubjectHandler extends Endpoint<AuthenticatedRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public DeleteSubjectHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public DeleteSubjectHandler(Services services) {
    super(services.edge(), new KeyedAccess(services));
  }

  @Override
  protected ApiResponse handle(AuthenticatedRequest request) {
    SubjectId subject = request.subject();
    request.execute(new Delete(request.commandCall(subject.value()), subject));
    return ApiResponse.empty(204);
  }
}
