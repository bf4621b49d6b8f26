package dev.facet.core.faults;

/**
 * An encrypted payload that can't be decrypted: malformed, truncated, tampered with, or encrypted
 * with another key. The message names the reason only as far as the payload's form shows it without
 * the key.
 */
public final class UndecryptablePayload extends CallerFault {

  /** Creates a fault with a message that names the field and the defect in its form. */
  public UndecryptablePayload(String message) {
    super(message);
  }
}
