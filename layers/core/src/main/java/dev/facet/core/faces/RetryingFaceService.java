package dev.facet.core.faces;

import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Retries a command after a transient fault, until its deadline. A write keeps its operation id, so
 * it happens once regardless of the number of attempts.
 *
 * <p>An enrolment that can be queued is retried for one second only, because its queue is better
 * suited to longer waits.
 */
public final class RetryingFaceService implements FaceService {

  private static final Duration UNTIL_QUEUED = Duration.ofSeconds(1);

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
    return retries.until(lastMoment(command), () -> service.execute(command));
  }

  private Instant lastMoment(FaceCommand<?> command) {
    Instant deadline = command.call().deadline();
    Instant queued = clock.instant().plus(UNTIL_QUEUED);
    return command instanceof EnrolFeatures && queued.isBefore(deadline) ? queued : deadline;
  }
}
