package dev.facet.api.node;

import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;
import dev.facet.core.faces.FaceAnswer.Recognised;
import dev.facet.core.faces.FaceCommand.PredictFeatures;
import java.util.Optional;

/** An endpoint that identifies people by embeddings. */
abstract class PredictionEndpoint extends NodeEndpoint {

  PredictionEndpoint(Services services) {
    super(services);
  }

  final Reply predict(NodeRequest exchange, PayloadFormat dialect) {
    Features features = exchange.features(dialect, "Prediction Failed Features not provided.");
    Optional<String> only = exchange.userIdentifier();
    int limit = exchange.limit();
    Recognised found =
        ask(
            new PredictFeatures(
                exchange.read(), dialect.version(), features.templates(), only, limit));
    exchange.excluded(found.excluded());
    return limit == 1
        ? NodeReplies.recognised(dialect, found.people())
        : NodeReplies.candidates(dialect, found.people());
  }
}
