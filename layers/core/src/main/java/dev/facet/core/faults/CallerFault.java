package dev.facet.core.faults;

/**
 * A fault of the request that the caller has to correct.
 *
 * <p>These faults are expected, so they carry no stack trace.
 */
public abstract sealed class CallerFault extends Fault
    permits InvalidRequest,
        NoFace,
        MultipleFaces,
        PoorQuality,
        SubjectNotFound,
        DuplicateRequest,
        GalleryFull,
        UndecryptablePayload,
        EnrolmentFailed,
        AuthenticationFailed {

  CallerFault(String message) {
    super(message, false);
  }
}
