package dev.facet.api.node;

import dev.facet.api.http.ApiResponse;
import dev.facet.core.embeddings.Features;
import dev.facet.core.faces.FaceAnswer.Recognised;
import dev.facet.core.faces.FaceCommand.PredictFeatures;

/** Identifies people by embeddings. */
final class FeaturePrediction {

  private FeaturePrediction() {}

  /**
   * Identifies the person of a request.
   *
   * @throws dev.facet.core.faults.Fault any fault of the request or of the face service
   */
  static ApiResponse predict(NodeRequest request, PayloadFormat format) {
    Features features = request.features(format, "Prediction Failed Features not provided.");
    String only = request.userIdentifier().orElse(null);
    int limit = request.limit();
    Recognised found =
        request.execute(
            new PredictFeatures(
                request.queryCall(), format.version(), features.templates(), only, limit));
    request.excluded(found.excluded());
    return limit == 1
        ? NodeResponses.recognised(format, found.people())
        : NodeResponses.candidates(format, found.people());
  }
}
