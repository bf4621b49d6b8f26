package dev.facet.core.faults;

/**
 * A fault of ours that is likely to pass: throttling, a conflict with other writers, a dependency
 * out of reach, a deadline that came too soon. The same request may be retried; a retried write
 * must keep its operation id.
 */
public final class TransientFault extends Fault {

  /** The kinds of transient faults. */
  public enum Kind {
    /** A store or function refused the call because of load. */
    THROTTLED,
    /**
     * The face function runs as often as its account or its own limit allows, or the data table is
     * being restored from a backup.
     */
    NO_CAPACITY,
    /** Other writers repeatedly committed first. */
    CONFLICT,
    /** A dependency did not answer, or answered with a fault. */
    UNAVAILABLE,
    /** The work could not be done before the request's deadline. */
    TIMEOUT
  }

  private final Kind kind;

  /** Creates a fault without a cause. */
  public TransientFault(Kind kind, String message) {
    super(message, true);
    this.kind = kind;
  }

  /** Creates a fault with a cause. */
  public TransientFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns the kind of this fault. */
  public Kind kind() {
    return kind;
  }
}
