package dev.facet.api.node;

import dev.facet.api.http.ApiResponse;
import dev.facet.core.embeddings.Features;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.EnrolmentQueue.Done;
import dev.facet.core.faces.EnrolmentQueue.Outcome;
import dev.facet.core.faces.EnrolmentQueue.Uncertain;
import dev.facet.core.faces.EnrolmentQueue.Waiting;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faults.TransientFault;
import java.time.Duration;

/** Enrols people by embeddings: at once, or through the queue after a transient fault. */
final class FeatureEnrolment {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final EnrolmentQueue queue;

  FeatureEnrolment(EnrolmentQueue queue) {
    this.queue = queue;
  }

  /**
   * Enrols the person of a request.
   *
   * @throws dev.facet.core.faults.Fault any fault of the request or of the face service
   */
  ApiResponse enrol(NodeRequest request, PayloadFormat format) {
    Features features = request.features(format, "Enrollment Failed Features not provided.");
    EnrolFeatures command =
        new EnrolFeatures(
            patient(request, request.commandCall(format.version(), features)),
            format.version(),
            features.templates(),
            features.identifier());
    return switch (outcome(request, format, command)) {
      case Done(var answer) -> NodeResponses.enrolled(format, answer);
      case Uncertain(String jobId) -> NodeResponses.perhapsQueued(jobId);
      case Waiting(String jobId) ->
          switch (request.application().enrolAnswer()) {
            case AWAIT -> NodeResponses.queued(jobId);
            case FAIL -> NodeResponses.queuedAsFailure(jobId);
          };
    };
  }

  /** Limits the retries of the immediate attempt where a queue stands behind it. */
  private CallContext patient(NodeRequest request, CallContext call) {
    return queue.equals(EnrolmentQueue.NONE)
        ? call
        : call.withPatience(request.now().plus(PATIENCE));
  }

  private Outcome outcome(NodeRequest request, PayloadFormat format, EnrolFeatures command) {
    try {
      return new Done(request.execute(command));
    } catch (TransientFault obstacle) {
      return queue
          .accept(command, format.form(), request.answerBy(), obstacle)
          .orElseThrow(() -> obstacle);
    }
  }
}
