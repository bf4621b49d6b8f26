package dev.facet.api.node;

import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Services;
import dev.facet.core.embeddings.Features;
import dev.facet.core.faces.EnrolmentQueue.Done;
import dev.facet.core.faces.EnrolmentQueue.Outcome;
import dev.facet.core.faces.EnrolmentQueue.Waiting;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faults.TransientFault;
import java.util.Optional;

/** An endpoint that enrols people: at once, or through the queue after a transient fault. */
abstract class EnrolmentEndpoint extends NodeEndpoint {

  EnrolmentEndpoint(Services services) {
    super(services);
  }

  final ApiResponse enrol(NodeRequest exchange, PayloadFormat format) {
    Features features = exchange.features(format, "Enrollment Failed Features not provided.");
    EnrolFeatures command =
        new EnrolFeatures(
            exchange.commandCall(format.version(), features),
            format.version(),
            features.templates(),
            Optional.ofNullable(features.identifier()));
    return switch (outcome(exchange, format, command)) {
      case Done(var answer) -> NodeResponses.enrolled(format, answer);
      case Waiting(String jobId) ->
          switch (exchange.application().enrolAnswer()) {
            case AWAIT -> NodeResponses.queued(jobId);
            case FAIL -> NodeResponses.queuedAsFailure(jobId);
          };
    };
  }

  private Outcome outcome(NodeRequest exchange, PayloadFormat format, EnrolFeatures command) {
    try {
      return new Done(ask(command));
    } catch (TransientFault obstacle) {
      return services()
          .node()
          .queue()
          .accept(command, format.form(), exchange.answerBy(), obstacle)
          .orElseThrow(() -> obstacle);
    }
  }
}
