package dev.facet.core.faults;

/** The embeddings are well formed, but don't agree that they show one person. */
public final class EnrolmentFailed extends CallerFault {

  /** Creates the fault with the contract's message. */
  public EnrolmentFailed() {
    super("Face Enrollment Failed");
  }
}
