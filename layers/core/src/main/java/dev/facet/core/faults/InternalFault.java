package dev.facet.core.faults;

/** A fault of ours that a retry does not resolve: damaged data, a broken bundle, a defect. */
public final class InternalFault extends Fault {

  /** Creates a fault without a cause. */
  public InternalFault(String message) {
    super(message, true);
  }

  /** Creates a fault with a cause. */
  public InternalFault(String message, Throwable cause) {
    super(message, cause);
  }
}
