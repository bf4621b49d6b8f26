package dev.facet.api.node;

import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Services;
import dev.facet.core.embeddings.Features;
import dev.facet.core.faces.FaceAnswer.Recognised;
import dev.facet.core.faces.FaceCommand.PredictFeatures;
import java.util.Optional;

/** An endpoint that identifies people by embeddings. */
abstract class PredictionEndpoint extends NodeEndpoint {

  PredictionEndpoint(Services services) {
    super(services);
  }

  final ApiResponse predict(NodeRequest exchange, PayloadFormat format) {
    Features features = exchange.features(format, "Prediction Failed Features not provided.");
    Optional<String> only = exchange.userIdentifier();
    int limit = exchange.limit();
    Recognised found =
        ask(
            new PredictFeatures(
                exchange.queryCall(), format.version(), features.templates(), only, limit));
    exchange.excluded(found.excluded());
    return limit == 1
        ? NodeResponses.recognised(format, found.people())
        : NodeResponses.candidates(format, found.people());
  }
}
