package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.faces.FaceCommand.DeletePerson;
import java.util.Optional;

/** {@code POST /node/{version}/deleteUser}: removes a person for good. */
public final class DeleteUserHandler extends NodeEndpoint {

  /** For Lambda. */
  public DeleteUserHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** On services made elsewhere. */
  public DeleteUserHandler(Services services) {
    super(services);
  }

  @Override
  protected Reply answer(NodeExchange exchange) {
    ModelVersion version = exchange.version();
    Optional<PersonId> puid = exchange.puid(version);
    if (puid.isEmpty()) {
      exchange.blamesCaller("MissingPuid");
      return NodeReplies.missingPuid();
    }
    ask(new DeletePerson(exchange.write(version, puid.get()), version, puid.get()));
    return NodeReplies.deleted();
  }
}
