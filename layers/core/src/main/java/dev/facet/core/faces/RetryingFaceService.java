package dev.facet.core.faces;

import dev.facet.core.faults.TransientFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Gives a command again after a fault that may have passed, up to three times in all and while its
 * deadline leaves time. A write keeps its operation id, so it happens once however often it is
 * given.
 */
public final class RetryingFaceService implements FaceService {

  private static final int MOST_ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final FaceService service;
  private final InstantSource clock;
  private final Pause pause;
  private final RandomGenerator random;

  /** How to let time pass; a test's passes at once. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after that long. */
    void of(Duration time) throws InterruptedException;
  }

  /** A service that tries {@code service} with pauses of random length, doubling on average. */
  public RetryingFaceService(
      FaceService service, InstantSource clock, Pause pause, RandomGenerator random) {
    this.service = service;
    this.clock = clock;
    this.pause = pause;
    this.random = random;
  }

  @Override
  public <A extends FaceAnswer> A answer(FaceCommand<A> command) {
    for (int attempt = 1; ; attempt++) {
      try {
        return service.answer(command);
      } catch (TransientFault fault) {
        Duration wait = jittered(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
        if (!mayPass(fault) || attempt == MOST_ATTEMPTS || tooLate(command, wait)) {
          throw fault;
        }
        waitFor(wait, fault);
      }
    }
  }

  private static boolean mayPass(TransientFault fault) {
    return switch (fault.kind()) {
      case THROTTLED, CONFLICT, UNAVAILABLE -> true;
      case TIMEOUT -> false;
    };
  }

  private Duration jittered(Duration mean) {
    return Duration.ofMillis(random.nextLong(mean.toMillis() / 2, mean.toMillis() * 3 / 2));
  }

  private boolean tooLate(FaceCommand<?> command, Duration wait) {
    return !clock.instant().plus(wait).isBefore(command.call().deadline());
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
