package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.AuthenticatedRequest;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.KeyedAccess;
import dev.facet.api.http.Services;
import dev.facet.core.faces.FaceCommand.Extract;

/** {@code POST /v1/face/extract}: returns the attributes of the faces in a photo. */
public final class ExtractFaceHandler extends Endpoint<AuthenticatedRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public ExtractFaceHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public ExtractFaceHandler(Services services) {
    super(services.edge(), new KeyedAccess(services));
  }

  @Override
  protected ApiResponse handle(AuthenticatedRequest request) {
    String faces = request.body().text("faces");
    boolean quality = request.body().flag("quality");
    Extract command = new Extract(request.queryCall(), faces, quality);
    return ApiResponse.of(200, V1Bodies.faces(request.execute(command).faces()));
  }
}
