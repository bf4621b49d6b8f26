package dev.facet.local.service;

import dev.facet.core.embeddings.MatchingRules;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.apigateway.NodeAuth;
import java.time.Duration;

/**
 * What a user chooses of {@code /node}.
 *
 * @param auth what requests have to show besides their API key
 * @param encryptionFloor the lowest encryption version that is accepted, 1..3
 * @param matching what is the same person
 * @param workerTime how long a worker has for a batch of queued enrolments, at least 2 s; a message
 *     is hidden six times as long
 * @param chaos faults on purpose
 */
public record NodeOptions(
    NodeAuth auth, int encryptionFloor, MatchingRules matching, Duration workerTime, Chaos chaos) {

  /** How many times a worker's time a message is hidden. */
  private static final int HIDDEN = 6;

  /** Signed requests, every encryption, the default distances. */
  public static final NodeOptions DEFAULT =
      new NodeOptions(NodeAuth.SIGV4, 1, MatchingRules.DEFAULT);

  /** The usual worker, and no faults but real ones. */
  public NodeOptions(NodeAuth auth, int encryptionFloor, MatchingRules matching) {
    this(auth, encryptionFloor, matching, Duration.ofSeconds(10), Chaos.NONE);
  }

  /** Checks the ranges. */
  public NodeOptions {
    if (encryptionFloor < 1 || encryptionFloor > 3) {
      throw new IllegalArgumentException("the encryption version's floor must be 1..3");
    }
    if (workerTime.toSeconds() < 2) {
      throw new IllegalArgumentException("a worker needs 2 s at least");
    }
  }

  /** How long a message that was received is hidden. */
  Duration visibility() {
    return workerTime.multipliedBy(HIDDEN);
  }
}
