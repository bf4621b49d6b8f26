package dev.facet.api.http;

import dev.facet.core.faults.AuthenticationFailed;
import dev.facet.core.faults.DuplicateRequest;
import dev.facet.core.faults.EnrolmentFailed;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.GalleryFull;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.InvalidRequest;
import dev.facet.core.faults.MultipleFaces;
import dev.facet.core.faults.NoFace;
import dev.facet.core.faults.PoorQuality;
import dev.facet.core.faults.SubjectNotFound;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.UndecryptablePayload;

/** Converts faults to {@code /v1} responses; no other class does. */
final class FaultResponses {

  private FaultResponses() {}

  /** Converts a fault. Internal details are logged only; the caller learns whether to retry. */
  static ApiResponse of(Fault fault) {
    return switch (fault) {
      case InvalidRequest invalid -> ErrorType.INVALID_REQUEST.response(invalid.reason());
      case UndecryptablePayload payload -> ErrorType.INVALID_REQUEST.response(payload.reason());
      case EnrolmentFailed failed -> ErrorType.INVALID_REQUEST.response(failed.reason());
      case AuthenticationFailed failed -> ErrorType.INVALID_REQUEST.response(failed.reason());
      case GalleryFull full -> ErrorType.INVALID_REQUEST.response(full.reason());
      case NoFace none -> ErrorType.NO_FACE.response(none.reason());
      case PoorQuality poor -> ErrorType.POOR_QUALITY.response(poor.reason());
      case MultipleFaces several -> ErrorType.MULTIPLE_FACES.response(several.reason());
      case SubjectNotFound unknown -> ApiResponse.notFound(unknown.reason());
      case DuplicateRequest duplicate -> ErrorType.DUPLICATE_REQUEST.response(duplicate.reason());
      case TransientFault passing ->
          ErrorType.TIMEOUT.response("The work could not be done in time.");
      case InternalFault ours -> ErrorType.INTERNAL_ERROR.response("Internal server error");
    };
  }
}
