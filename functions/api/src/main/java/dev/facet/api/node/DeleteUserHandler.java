package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Services;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.FaceCommand.DeletePerson;
import dev.facet.core.subjects.PersonId;
import java.util.Optional;

/** {@code POST /node/{version}/deleteUser}: deletes a person permanently. */
public final class DeleteUserHandler extends NodeEndpoint {

  /** Creates the handler from the function's environment, for Lambda. */
  public DeleteUserHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public DeleteUserHandler(Services services) {
    super(services);
  }

  @Override
  protected ApiResponse answer(NodeRequest exchange) {
    ModelVersion version = exchange.version();
    Optional<PersonId> puid = exchange.puid(version);
    if (puid.isEmpty()) {
      exchange.blamesCaller("MissingPuid");
      return NodeResponses.missingPuid();
    }
    ask(new DeletePerson(exchange.commandCall(version, puid.get()), version, puid.get()));
    return NodeResponses.deleted();
  }
}
