package dev.facet.core.faults;

/**
 * An encrypted payload that can't be read: malformed, truncated, tampered with, or made with
 * another key. Which of these it was is said only as far as its form shows it without the key.
 */
public final class UndecryptablePayload extends CallerFault {

  /** A fault whose message names the field and what is wrong with its form. */
  public UndecryptablePayload(String message) {
    super(message);
  }
}
