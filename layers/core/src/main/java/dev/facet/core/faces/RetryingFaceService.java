package dev.facet.core.faces;

import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Retries a command after a transient fault, as long as its {@linkplain CallContext#retryUntil
 * context} allows. A write keeps its operation id, so it happens once regardless of the number of
 * attempts.
 *
 * <p>A call that finds no capacity is retried for a second only: its caller occupies a part of the
 * capacity that is missing.
 */
public final class RetryingFaceService implements FaceService {

  private static final Duration CAPACITY_TIMEOUT = Duration.ofSeconds(1);

  private final FaceService service;
  private final InstantSource clock;
  private final Retries retries;

  /** Wraps {@code service}; {@code pause} waits between attempts. */
  public RetryingFaceService(
      FaceService service, InstantSource clock, Retries.Pause pause, RandomGenerator random) {
    this.service = service;
    this.clock = clock;
    this.retries = new Retries(clock, pause, random);
  }

  @Override
  public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    Instant end = command.call().retryUntil();
    Instant capacity = earlier(clock.instant().plus(CAPACITY_TIMEOUT), end);
    return retries.until(fault -> lastMoment(fault, end, capacity), () -> service.execute(command));
  }

  private static Instant lastMoment(TransientFault fault, Instant end, Instant capacity) {
    return fault.kind() == Kind.NO_CAPACITY ? capacity : end;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
