package dev.facet.core.faults;

/** A fault of ours that a retry does not resolve: damaged data, a broken bundle, a defect. */
public final class InternalFault extends Fault {

  /** The kinds of internal faults. Only the process that found the fault knows its kind. */
  public enum Kind {
    /** Any fault without a kind of its own. */
    OTHER,
    /** A gallery's log has a hole, a fork, or entries beyond its head. */
    DAMAGED_LOG,
    /** A gallery's log is longer than this deployment may load. */
    LOG_TOO_LONG,
    /** A gallery does not fit in the memory of this process. */
    NO_MEMORY,
    /** Another write made the gallery with another model bundle than this one was planned for. */
    OTHER_BUNDLE
  }

  private final Kind kind;

  /** Creates a fault without a cause. */
  public InternalFault(String message) {
    this(Kind.OTHER, message);
  }

  /** Creates a fault of a kind, without a cause. */
  public InternalFault(Kind kind, String message) {
    super(message, true);
    this.kind = kind;
  }

  /** Creates a fault with a cause. */
  public InternalFault(String message, Throwable cause) {
    super(message, cause);
    this.kind = Kind.OTHER;
  }

  /** Returns the kind of this fault. */
  public Kind kind() {
    return kind;
  }
}
