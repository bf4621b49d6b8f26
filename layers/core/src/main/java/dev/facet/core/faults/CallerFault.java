package dev.facet.core.faults;

/**
 * A request that can't be answered as it stands: the caller has to change it.
 *
 * <p>These are expected, so they carry no stack trace.
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
