package dev.facet.core.retry;

import dev.facet.core.faults.TransientFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A deadline on a clock, and the waits that it ends.
 *
 * @param time the time of the deadline
 * @param clock the clock that decides whether it has passed
 */
public record Deadline(Instant time, InstantSource clock) {

  /** A deadline that does not pass, for commands without a waiting caller. */
  public static final Deadline NONE =
      new Deadline(Instant.EPOCH.plus(Duration.ofDays(36_500)), () -> Instant.EPOCH);

  /**
   * Returns the time left.
   *
   * @return more than zero
   * @throws TransientFault TIMEOUT if the deadline has passed
   */
  public Duration left() {
    Duration left = Duration.between(clock.instant(), time);
    if (left.isNegative() || left.isZero()) {
      throw timeout(null);
    }
    return left;
  }

  /**
   * Acquires a lock.
   *
   * @throws TransientFault TIMEOUT at the deadline; UNAVAILABLE if the thread is interrupted
   */
  public void lock(Lock lock) {
    try {
      if (!lock.tryLock(left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw timeout(null);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Sleeps a random time, from one millisecond up to {@code maxMillis}, but not beyond the
   * deadline.
   *
   * @throws TransientFault TIMEOUT if the deadline has passed; UNAVAILABLE if the thread is
   *     interrupted
   */
  public void pause(int maxMillis, RandomGenerator random) {
    long millis = Math.min(random.nextInt(maxMillis) + 1, left().toMillis());
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Returns the fault for a passed deadline.
   *
   * @param obstacle the fault that delayed the work; null if it is not known
   */
  public static TransientFault timeout(@Nullable TransientFault obstacle) {
    String message = "The work could not be done in time.";
    return obstacle == null
        ? new TransientFault(TransientFault.Kind.TIMEOUT, message)
        : new TransientFault(TransientFault.Kind.TIMEOUT, message, obstacle);
  }

  /** Restores the interrupt flag and returns the fault for a process that is stopping. */
  public static TransientFault interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new TransientFault(TransientFault.Kind.UNAVAILABLE, "The service is stopping.", cause);
  }
}
