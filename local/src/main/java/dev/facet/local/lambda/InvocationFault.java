package dev.facet.local.lambda;

/** Thrown when an invocation yields no response. */
public final class InvocationFault extends RuntimeException {

  /** The kinds to which a gateway responds differently. */
  public enum Kind {
    /** The event exceeds Lambda's size limit. */
    TOO_LARGE,
    /** The function did not respond in time. It has been interrupted, or will be killed. */
    TIMED_OUT,
    /** As many functions run as the account's limit allows. */
    THROTTLED,
    /** The function threw, ended, does not exist, or its response exceeds Lambda's size limit. */
    FAILED
  }

  private final Kind kind;

  /** Creates a fault without a stack trace, because the failure happened elsewhere. */
  public InvocationFault(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  InvocationFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns the kind, which determines a gateway's response. */
  public Kind kind() {
    return kind;
  }
}
