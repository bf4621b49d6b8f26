package dev.facet.core.faults;

/**
 * Something of ours that is likely to pass: throttling, a conflict with other writers, a dependency
 * out of reach, a deadline that came too soon. The same request may be tried again; whoever retries
 * a write gives the same operation id.
 */
public final class TransientFault extends Fault {

  /** What it was that may pass. */
  public enum Kind {
    /** A store or function refused for load. */
    THROTTLED,
    /** Other writers kept winning. */
    CONFLICT,
    /** A dependency did not answer or answered with a fault of its own. */
    UNAVAILABLE,
    /** The work could not be done before the request's deadline. */
    TIMEOUT
  }

  private final Kind kind;

  /** A fault without a cause of its own. */
  public TransientFault(Kind kind, String message) {
    super(message, true);
    this.kind = kind;
  }

  /** A fault that another one led to. */
  public TransientFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What it was that may pass. */
  public Kind kind() {
    return kind;
  }
}
