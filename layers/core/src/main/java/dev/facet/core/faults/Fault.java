package dev.facet.core.faults;

/**
 * Everything that can keep a request from its answer.
 *
 * <p>There are three kinds, and what may be done about each differs: a {@link CallerFault} is the
 * caller's to mend, a {@link TransientFault} is worth another try, an {@link InternalFault} is
 * ours. Messages are fit for a caller to read: they never hold a key, a template or image data.
 */
public abstract sealed class Fault extends RuntimeException
    permits CallerFault, TransientFault, InternalFault {

  Fault(String message, boolean writableStackTrace) {
    super(message, null, false, writableStackTrace);
  }

  Fault(String message, Throwable cause) {
    super(message, cause);
  }

  /** What happened, in words for the caller; never null. */
  public final String reason() {
    String message = getMessage();
    return message == null ? getClass().getSimpleName() : message;
  }
}
