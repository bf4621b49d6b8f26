package dev.facet.local.lambda;

/** Why an invocation gave no answer. */
public final class InvocationFault extends RuntimeException {

  /** The kinds that a gateway answers differently. */
  public enum Kind {
    /** The event is larger than Lambda takes. */
    TOO_LARGE,
    /** The function did not answer in time; it has been interrupted or ended. */
    TIMED_OUT,
    /** The function threw, ended, or answered more than Lambda carries. */
    FAILED
  }

  private final Kind kind;

  /** Without a trace: what went wrong went wrong elsewhere. */
  public InvocationFault(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  InvocationFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What a gateway makes of it. */
  public Kind kind() {
    return kind;
  }
}
