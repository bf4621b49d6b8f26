package dev.facet.core.faults;

/** The probe's embeddings don't agree among themselves, or no person has the given identifier. */
public final class AuthenticationFailed extends CallerFault {

  /** Creates the fault with the contract's message. */
  public AuthenticationFailed() {
    super("Face Authentication Failed");
  }
}
