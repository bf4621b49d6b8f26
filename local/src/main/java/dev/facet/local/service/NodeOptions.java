package dev.facet.local.service;

import dev.facet.core.embeddings.MatchingRules;
import dev.facet.local.chaos.Chaos;
import dev.facet.spec.NodeAuth;
import java.time.Duration;

/**
 * The user's options for {@code /node}.
 *
 * @param auth the authentication of requests besides their API key
 * @param encryptionFloor the lowest encryption version that is accepted, 0..3
 * @param matching the distances at which two faces count as the same person
 * @param workerTime the timeout of a worker for a batch of queued enrolments, at least 2 s; a
 *     message is hidden six times as long
 * @param chaos injected faults
 */
public record NodeOptions(
    NodeAuth auth, int encryptionFloor, MatchingRules matching, Duration workerTime, Chaos chaos) {

  /** The visibility timeout of a message as a multiple of the worker's timeout. */
  private static final int VISIBILITY_FACTOR = 6;

  /** Signed requests, every encryption version, the default distances. */
  public static final NodeOptions DEFAULT =
      new NodeOptions(NodeAuth.SIGV4, 0, MatchingRules.DEFAULT);

  /** Creates options with the default worker timeout and no injected faults. */
  public NodeOptions(NodeAuth auth, int encryptionFloor, MatchingRules matching) {
    this(auth, encryptionFloor, matching, Duration.ofSeconds(10), Chaos.NONE);
  }

  /** Checks the ranges. */
  public NodeOptions {
    if (encryptionFloor < 0 || encryptionFloor > 3) {
      throw new IllegalArgumentException("encryption floor must be 1 to 3");
    }
    if (workerTime.toSeconds() < 2) {
      throw new IllegalArgumentException("worker time must be at least 2 s");
    }
  }

  /** Returns the visibility timeout of a received message. */
  Duration visibility() {
    return workerTime.multipliedBy(VISIBILITY_FACTOR);
  }
}
