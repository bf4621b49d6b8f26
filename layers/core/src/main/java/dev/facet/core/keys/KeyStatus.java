package dev.facet.core.keys;

/** The life of a key. */
public enum KeyStatus {
  /** Being made: refused. */
  PENDING,
  /** Accepted. */
  ACTIVE,
  /** Refused until enabled again. */
  DISABLED,
  /** Being unmade: refused for good. */
  DELETING;

  /** Whether something is under way that a crash may have left unfinished. */
  boolean isUnfinished() {
    return this == PENDING || this == DELETING;
  }
}
