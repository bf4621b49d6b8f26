package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.AuthenticatedRequest;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.JsonBody;
import dev.facet.api.http.KeyedAccess;
import dev.facet.api.http.Services;
import dev.facet.core.faces.FaceAnswer.Verified;
import dev.facet.core.faces.FaceCommand.Verify;
import dev.facet.core.subjects.SubjectId;

/** {@code POST /v1/face/verify}: checks whether a probe photo shows a given subject (1:1). */
public final class VerifyFaceHandler extends Endpoint<AuthenticatedRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public VerifyFaceHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public VerifyFaceHandler(Services services) {
    super(services.edge(), new KeyedAccess(services));
  }

  @Override
  protected ApiResponse handle(AuthenticatedRequest request) {
    JsonBody body = request.body();
    String probe = body.text("probe");
    SubjectId subject = new SubjectId(body.text("id"));
    Verified verified = request.execute(new Verify(request.queryCall(), probe, subject));
    return verified.score() < request.application().verifyThreshold()
        ? ApiResponse.notFound("Subject not verified")
        : ApiResponse.of(200, V1Bodies.match(subject, verified.score()));
  }
}
