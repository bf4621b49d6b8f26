package dev.facet.core.faults;

/** No subject of the application has this id; ill-formed ids included. */
public final class SubjectNotFound extends CallerFault {

  /** A fault with the contract's message. */
  public SubjectNotFound() {
    super("Subject with id not found.");
  }
}
