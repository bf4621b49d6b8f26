package dev.facet.core.faults;

/** An idempotency key was used again with another request. */
public final class DuplicateRequest extends CallerFault {

  /** A fault with the contract's message. */
  public DuplicateRequest() {
    super("Idempotency-Key was already used with another request.");
  }
}
