package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.AuthenticatedRequest;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.JsonBody;
import dev.facet.api.http.KeyedAccess;
import dev.facet.api.http.Services;
import dev.facet.core.faces.FaceAnswer.Found;
import dev.facet.core.faces.FaceCommand.Search;

/** {@code POST /v1/face/search}: finds the candidates for a probe photo (1:N). */
public final class SearchFaceHandler extends Endpoint<AuthenticatedRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public SearchFaceHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public SearchFaceHandler(Services services) {
    super(services.edge(), new KeyedAccess(services));
  }

  @Override
  protected ApiResponse handle(AuthenticatedRequest request) {
    JsonBody body = request.body();
    String probe = body.text("probe");
    int threshold = body.integer("threshold", 0, 9999, 7000);
    int limit = body.integer("limit", 1, 50, 10);
    Found found = request.execute(new Search(request.queryCall(), probe, threshold, limit));
    return found.candidates().isEmpty()
        ? ApiResponse.notFound("Candidates not found")
        : ApiResponse.of(200, V1Bodies.candidates(found));
  }
}
