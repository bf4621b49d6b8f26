package dev.facet.aws.telemetry;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Detects the first invocation of an execution environment; each handler holds one instance. Safe
 * for concurrent use.
 */
public final class ColdStart {

  private final AtomicBoolean first = new AtomicBoolean(true);

  /** Creates a detector before any invocation. */
  public ColdStart() {}

  /** Returns true on the first call and false afterwards. */
  public boolean isNow() {
    return first.getAndSet(false);
  }
}
