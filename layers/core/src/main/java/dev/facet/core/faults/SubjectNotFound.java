package dev.facet.core.faults;

/** The application has no subject with this id, or the id is malformed. */
public final class SubjectNotFound extends CallerFault {

  /** Creates the fault with the contract's message. */
  public SubjectNotFound() {
    super("Subject with id not found.");
  }
}
