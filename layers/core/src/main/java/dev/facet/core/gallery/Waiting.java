package dev.facet.core.gallery;

import dev.facet.core.faults.TransientFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Waits, but never beyond a deadline. */
final class Waiting {

  private final InstantSource clock;
  private final RandomGenerator random;

  Waiting(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is left until a deadline.
   *
   * @return more than zero
   * @throws TransientFault TIMEOUT if nothing is
   */
  Duration left(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    if (left.isNegative() || left.isZero()) {
      throw late(null);
    }
    return left;
  }

  /** Takes a lock, or throws TIMEOUT. */
  void lock(Lock lock, Instant deadline) {
    try {
      if (!lock.tryLock(left(deadline).toNanos(), TimeUnit.NANOSECONDS)) {
        throw late(null);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Sleeps a random time of up to so many milliseconds, or throws TIMEOUT. */
  void pause(int mostMillis, Instant deadline) {
    long millis = Math.min(random.nextInt(mostMillis) + 1, left(deadline).toMillis());
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Sleeps a random time of up to so many milliseconds, less if interrupted. */
  void nap(int mostMillis) {
    try {
      Thread.sleep(random.nextInt(mostMillis) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A deadline has passed; what kept the work from being done before, if known. */
  static TransientFault late(@Nullable TransientFault cause) {
    String message = "The work could not be done in time.";
    return cause == null
        ? new TransientFault(TransientFault.Kind.TIMEOUT, message)
        : new TransientFault(TransientFault.Kind.TIMEOUT, message, cause);
  }

  /** The process is stopping. */
  static TransientFault interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new TransientFault(TransientFault.Kind.UNAVAILABLE, "The service is stopping.", cause);
  }
}
