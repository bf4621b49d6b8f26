package dev.facet.cli.doctor;

/** Thrown when a check cannot read what it needs; the message says why. */
public final class NotReadable extends RuntimeException {

  /** Creates an exception with the reason. */
  public NotReadable(String reason) {
    super(reason);
  }

  /** Creates an exception with the reason and its cause. */
  public NotReadable(String reason, Throwable cause) {
    super(reason, cause);
  }
}
