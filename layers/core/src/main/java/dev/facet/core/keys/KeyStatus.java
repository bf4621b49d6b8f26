package dev.facet.core.keys;

/** The life of a key. */
public enum KeyStatus {
  /** Being made or unmade: refused. */
  PENDING,
  /** Accepted. */
  ACTIVE,
  /** Refused until enabled again. */
  DISABLED
}
