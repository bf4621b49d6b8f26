package dev.facet.core.faults;

/**
 * A store accepts no writes until its operator acts, for lack of space or of its folder. A retry
 * does not help before. The message names the folder and what it needs, so that whoever runs the
 * service can act on it; only a service on one machine has this fault.
 */
public final class StorageUnavailable extends Fault {

  /** Creates a fault with a message that names the folder and what it needs. */
  public StorageUnavailable(String message) {
    super(message, false);
  }
}
