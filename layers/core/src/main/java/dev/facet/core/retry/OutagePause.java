package dev.facet.core.retry;

import dev.facet.core.faults.TransientFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Leaves a store alone after transient faults, for pauses that double from one second to 30
 * seconds, so that optional calls do not delay every request of an outage. Safe for concurrent use.
 */
public final class OutagePause {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final InstantSource clock;
  private int failures;
  private Instant until = Instant.MIN;

  /** Creates a pause that has not begun. */
  public OutagePause(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns the result of a call; empty during a pause and after a transient fault. */
  public <T> Optional<T> attempt(Supplier<T> call) {
    if (isOn()) {
      return Optional.empty();
    }
    try {
      T result = call.get();
      end();
      return Optional.of(result);
    } catch (TransientFault fault) {
      begin();
      return Optional.empty();
    }
  }

  private synchronized boolean isOn() {
    return clock.instant().isBefore(until);
  }

  private synchronized void begin() {
    failures++;
    until = clock.instant().plus(BACKOFF.after(failures));
  }

  private synchronized void end() {
    failures = 0;
  }
}
