package dev.facet.aws.telemetry;

import java.util.concurrent.atomic.AtomicBoolean;

/** Tells an environment's first invocation from the others; a handler holds one. */
public final class ColdStart {

  private final AtomicBoolean first = new AtomicBoolean(true);

  /** Nothing was invoked yet. */
  public ColdStart() {}

  /** Whether this is the first invocation; true once. */
  public boolean isNow() {
    return first.getAndSet(false);
  }
}
