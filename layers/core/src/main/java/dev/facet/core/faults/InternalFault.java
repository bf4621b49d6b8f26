package dev.facet.core.faults;

/** A fault of ours that trying again won't mend: damaged data, a broken bundle, a defect. */
public final class InternalFault extends Fault {

  /** A fault without a cause of its own. */
  public InternalFault(String message) {
    super(message, true);
  }

  /** A fault that another one led to. */
  public InternalFault(String message, Throwable cause) {
    super(message, cause);
  }
}
