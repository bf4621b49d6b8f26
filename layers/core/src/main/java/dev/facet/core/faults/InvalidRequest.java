package dev.facet.core.faults;

/** A property is missing or breaks a rule; the message names both. */
public final class InvalidRequest extends CallerFault {

  /** Creates a fault with a message that names the property and the rule it breaks. */
  public InvalidRequest(String message) {
    super(message);
  }
}
