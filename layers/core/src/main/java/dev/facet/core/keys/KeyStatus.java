package dev.facet.core.keys;

/** The status of a key. */
public enum KeyStatus {
  /** Creation is unfinished; the key is refused. */
  PENDING,
  /** The key is accepted. */
  ACTIVE,
  /** The key is refused until it is enabled again. */
  DISABLED,
  /** Deletion is unfinished; the key is refused for good. */
  DELETING;

  /**
   * Returns whether a record may change from this status to another. {@link #DELETING} is final,
   * and {@link #PENDING} is never entered again.
   */
  boolean mayBecome(KeyStatus next) {
    return switch (this) {
      case PENDING -> next == ACTIVE || next == DELETING;
      case ACTIVE, DISABLED -> next != PENDING;
      case DELETING -> next == DELETING;
    };
  }

  /** Returns whether an operation is in progress that a crash may have interrupted. */
  boolean isUnfinished() {
    return this == PENDING || this == DELETING;
  }
}
