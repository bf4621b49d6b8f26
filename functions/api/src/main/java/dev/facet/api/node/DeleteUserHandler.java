package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.Services;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.FaceCommand.DeletePerson;
import dev.facet.core.subjects.PersonId;
import java.util.Optional;

/** {@code POST /node/{version}/deleteUser}: deletes a person permanently. */
public final class DeleteUserHandler extends Endpoint<NodeRequest> {

  /** Creates the handler from the function's environment, for Lambda. */
  public DeleteUserHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public DeleteUserHandler(Services services) {
    super(services.edge(), new NodeAccess(services));
  }

  @Override
  protected ApiResponse handle(NodeRequest request) {
    ModelVersion version = request.version();
    Optional<PersonId> puid = request.puid(version);
    if (puid.isEmpty()) {
      request.blamesCaller("MissingPuid");
      return NodeResponses.missingPuid();
    }
    request.execute(
        new DeletePerson(request.commandCall(version, puid.get()), version, puid.get()));
    return NodeResponses.deleted();
  }
}
