package dev.facet.core.faults;

/**
 * A fault that prevents a request from being answered.
 *
 * <p>Each kind has its own remedy: the caller corrects a {@link CallerFault}, a retry may resolve a
 * {@link TransientFault}, the operator a {@link StorageUnavailable} or {@link BundleUnavailable},
 * and an {@link InternalFault} is ours to fix. Messages are safe for callers to read: they never
 * hold a key, a template or image data.
 */
public abstract sealed class Fault extends RuntimeException
    permits CallerFault, TransientFault, StorageUnavailable, BundleUnavailable, InternalFault {

  Fault(String message, boolean writableStackTrace) {
    super(message, null, false, writableStackTrace);
  }

  Fault(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the message for the caller; never null. */
  public final String reason() {
    String message = getMessage();
    return message == null ? getClass().getSimpleName() : message;
  }
}
