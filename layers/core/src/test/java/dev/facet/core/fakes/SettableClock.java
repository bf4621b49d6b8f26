package dev.facet.core.fakes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on as time does and can be moved ahead. */
public final class SettableClock implements InstantSource {

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
  }

  /** Moves on. */
  public void advance(Duration by) {
    ahead.updateAndGet(by::plus);
  }
}
