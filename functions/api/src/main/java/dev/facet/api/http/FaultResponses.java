package dev.facet.api.http;

import dev.facet.core.faults.BundleUnavailable;
import dev.facet.core.faults.CallerFault.AuthenticationFailed;
import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.faults.CallerFault.EnrolmentFailed;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.CallerFault.PoorQuality;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.CallerFault.UndecryptablePayload;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.StorageUnavailable;
import dev.facet.core.faults.TransientFault;

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
      case TransientFault busy when busy.kind() == TransientFault.Kind.NO_CAPACITY ->
          ErrorType.TIMEOUT.response("The service is busy. Try again.").asBusy();
      case TransientFault passing ->
          ErrorType.TIMEOUT.response("The work could not be done in time.");
      case StorageUnavailable full -> ErrorType.INTERNAL_ERROR.response(full.reason());
      case BundleUnavailable missing -> ErrorType.INTERNAL_ERROR.response(missing.reason());
      case InternalFault ours -> ErrorType.INTERNAL_ERROR.response("Internal server error");
    };
  }
}
