package dev.facet.core.faults;

/** An idempotency key was reused with another request. */
public final class DuplicateRequest extends CallerFault {

  /** Creates the fault with the contract's message. */
  public DuplicateRequest() {
    super("Idempotency-Key was already used with another request.");
  }
}
