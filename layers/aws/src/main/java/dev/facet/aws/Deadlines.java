package dev.facet.aws;

import dev.facet.core.faults.TransientFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** Limits the time of a request, retries included, by its caller's deadline. */
final class Deadlines {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  private final InstantSource clock;
  private final Duration callTimeout;

  /** Creates limits of at most 8 s for each call. */
  Deadlines(InstantSource clock) {
    this(clock, CALL_TIMEOUT);
  }

  /** Creates limits of at most {@code callTimeout} for each call. */
  Deadlines(InstantSource clock, Duration callTimeout) {
    this.clock = clock;
    this.callTimeout = callTimeout;
  }

  /**
   * Returns the settings of a request that must end before a deadline.
   *
   * @throws TransientFault TIMEOUT if the deadline has passed
   */
  AwsRequestOverrideConfiguration until(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    if (left.toMillis() <= 0) {
      throw new TransientFault(TransientFault.Kind.TIMEOUT, "The work could not be done in time.");
    }
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(left.compareTo(callTimeout) < 0 ? left : callTimeout)
        .build();
  }
}
