package dev.facet.core.retry;

import dev.facet.core.faults.TransientFault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Waits out what may pass: the one policy by which calls are made again.
 *
 * <p>Pauses double from 50 to 250 ms, each from half to one and a half times as long, at random, so
 * that callers who were refused together do not come back together. Where a third of the calls is
 * refused, five seconds of this are some twenty attempts, all of which fail once in 10<sup>9</sup>
 * times. Safe for concurrent use.
 */
public final class Retries {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
  private static final Duration SHORTLY = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Pause pause;
  private final RandomGenerator random;

  /** How to let time pass; a test's passes at once. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after that long. */
    void of(Duration time) throws InterruptedException;
  }

  /** Retries that wait by {@code pause}. */
  public Retries(InstantSource clock, Pause pause, RandomGenerator random) {
    this.clock = clock;
    this.pause = pause;
    this.random = random;
  }

  /** Retries that sleep. */
  public static Retries of(InstantSource clock) {
    return new Retries(clock, Thread::sleep, new SecureRandom());
  }

  /**
   * Does some work, which must be harmless to repeat, again and again while it meets faults that
   * may pass.
   *
   * @throws TransientFault the last one, when the next attempt would begin after the deadline, or
   *     at once if time is what was lacking
   */
  public <T> T until(Instant deadline, Supplier<T> work) {
    for (Duration mean = FIRST_PAUSE; ; mean = longer(mean)) {
      try {
        return work.get();
      } catch (TransientFault fault) {
        Duration wait = jittered(mean);
        if (!mayPass(fault) || !clock.instant().plus(wait).isBefore(deadline)) {
          throw fault;
        }
        waitFor(wait, fault);
      }
    }
  }

  /** As {@link #until}, for five seconds: for small things that have no deadline of their own. */
  public <T> T shortly(Supplier<T> work) {
    return until(soon(), work);
  }

  /** When small things that have no deadline of their own are given up: in five seconds. */
  public Instant soon() {
    return clock.instant().plus(SHORTLY);
  }

  private static boolean mayPass(TransientFault fault) {
    return switch (fault.kind()) {
      case THROTTLED, CONFLICT, UNAVAILABLE -> true;
      case TIMEOUT -> false;
    };
  }

  private static Duration longer(Duration mean) {
    Duration doubled = mean.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private Duration jittered(Duration mean) {
    return Duration.ofMillis(random.nextLong(mean.toMillis() / 2, mean.toMillis() * 3 / 2));
  }

  private void waitFor(Duration time, TransientFault fault) {
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw fault;
    }
  }
}
