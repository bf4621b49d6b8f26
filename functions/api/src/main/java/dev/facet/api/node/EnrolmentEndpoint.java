package dev.facet.api.node;

import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;
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

  final Reply enrol(NodeRequest exchange, PayloadFormat dialect) {
    Features features = exchange.features(dialect, "Enrollment Failed Features not provided.");
    EnrolFeatures command =
        new EnrolFeatures(
            exchange.write(dialect.version(), features),
            dialect.version(),
            features.templates(),
            Optional.ofNullable(features.identifier()));
    return switch (outcome(exchange, dialect, command)) {
      case Done(var answer) -> NodeReplies.enrolled(dialect, answer);
      case Waiting(String jobId) ->
          switch (exchange.application().enrolAnswer()) {
            case AWAIT -> NodeReplies.queued(jobId);
            case FAIL -> NodeReplies.queuedAsFailure(jobId);
          };
    };
  }

  private Outcome outcome(NodeRequest exchange, PayloadFormat dialect, EnrolFeatures command) {
    try {
      return new Done(ask(command));
    } catch (TransientFault obstacle) {
      return services()
          .node()
          .queue()
          .accept(command, dialect.form(), exchange.answerBy(), obstacle)
          .orElseThrow(() -> obstacle);
    }
  }
}
