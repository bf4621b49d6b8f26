package dev.facet.core.retry;

import dev.facet.core.faults.TransientFault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The retry policy for calls that meet transient faults: exponential backoff with jitter.
 *
 * <p>The mean pause doubles from 50 to 250 ms. Each pause is a random 0.5 to 1.5 times the mean, so
 * that callers that were refused together do not come back together. If a third of the calls is
 * refused, five seconds of this allow about twenty attempts; all of them fail about once in
 * 10<sup>9</sup> times. Safe for concurrent use.
 */
public final class Retries {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofMillis(250));

  /** The time for which {@link #shortly} repeats work. */
  public static final Duration SHORT_RETRY = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Pause pause;
  private final RandomGenerator random;

  /** Waits between attempts; tests substitute one that returns at once. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after the given time. */
    void of(Duration time) throws InterruptedException;
  }

  /** Creates retries that wait by means of {@code pause}. */
  public Retries(InstantSource clock, Pause pause, RandomGenerator random) {
    this.clock = clock;
    this.pause = pause;
    this.random = random;
  }

  /** Returns retries that sleep between attempts. */
  public static Retries of(InstantSource clock) {
    return new Retries(clock, Thread::sleep, new SecureRandom());
  }

  /**
   * Runs work that is harmless to repeat, and repeats it after transient faults.
   *
   * @throws TransientFault the last one, if the next attempt would not begin before the deadline; a
   *     TIMEOUT is thrown at once
   */
  public <T> T until(Instant deadline, Supplier<T> work) {
    return until(fault -> deadline, work);
  }

  /** Runs {@link #until(Instant, Supplier)} with a deadline for each kind of fault. */
  public <T> T until(Function<TransientFault, Instant> deadline, Supplier<T> work) {
    for (int failures = 1; ; failures++) {
      try {
        return work.get();
      } catch (TransientFault fault) {
        Duration wait = jittered(BACKOFF.after(failures));
        if (!mayPass(fault) || !clock.instant().plus(wait).isBefore(deadline.apply(fault))) {
          throw fault;
        }
        waitFor(wait, fault);
      }
    }
  }

  /**
   * Runs {@link #until}, and reports its last fault as the cause of a TIMEOUT, which means that
   * waiting was already done: no caller should repeat the work.
   */
  public <T> T untilTimeout(Instant deadline, Supplier<T> work) {
    try {
      return until(deadline, work);
    } catch (TransientFault fault) {
      throw fault.kind() == TransientFault.Kind.TIMEOUT ? fault : Deadline.timeout(fault);
    }
  }

  /** Runs {@link #untilTimeout(Instant, Supplier)} on work without a result. */
  public void untilTimeout(Instant deadline, Runnable work) {
    var _ =
        untilTimeout(
            deadline,
            () -> {
              work.run();
              return Boolean.TRUE;
            });
  }

  /** Runs {@link #until} for five seconds: for small work without a deadline. */
  public <T> T shortly(Supplier<T> work) {
    return until(soon(), work);
  }

  /** Returns the deadline of small work without one: five seconds from now. */
  public Instant soon() {
    return clock.instant().plus(SHORT_RETRY);
  }

  private static boolean mayPass(TransientFault fault) {
    return switch (fault.kind()) {
      case THROTTLED, NO_CAPACITY, CONFLICT, UNAVAILABLE -> true;
      case TIMEOUT -> false;
    };
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
