package dev.facet.core.gallery;

import dev.facet.core.faults.TransientFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Lock acquisition and randomised pauses that end at a deadline; only {@link #nap} has none. */
final class Waiting {

  private final InstantSource clock;
  private final RandomGenerator random;

  Waiting(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Returns the time left until a deadline.
   *
   * @return more than zero
   * @throws TransientFault TIMEOUT if the deadline has passed
   */
  Duration left(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    if (left.isNegative() || left.isZero()) {
      throw late(null);
    }
    return left;
  }

  /** Acquires a lock; throws TIMEOUT at the deadline. */
  void lock(Lock lock, Instant deadline) {
    try {
      if (!lock.tryLock(left(deadline).toNanos(), TimeUnit.NANOSECONDS)) {
        throw late(null);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Sleeps a random time of up to {@code mostMillis}, but not beyond the deadline; throws TIMEOUT
   * if that has passed.
   */
  void pause(int mostMillis, Instant deadline) {
    long millis = Math.min(random.nextInt(mostMillis) + 1, left(deadline).toMillis());
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Sleeps a random time of up to {@code mostMillis}, less if interrupted. */
  void nap(int mostMillis) {
    try {
      Thread.sleep(random.nextInt(mostMillis) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns the fault for a passed deadline, with the obstacle that delayed the work if it is
   * known.
   */
  static TransientFault late(@Nullable TransientFault cause) {
    String message = "The work could not be done in time.";
    return cause == null
        ? new TransientFault(TransientFault.Kind.TIMEOUT, message)
        : new TransientFault(TransientFault.Kind.TIMEOUT, message, cause);
  }

  /** Restores the interrupt flag and returns the fault for a process that is stopping. */
  static TransientFault interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new TransientFault(TransientFault.Kind.UNAVAILABLE, "The service is stopping.", cause);
  }
}
