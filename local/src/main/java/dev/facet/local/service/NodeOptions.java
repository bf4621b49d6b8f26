package dev.facet.local.service;

import dev.facet.core.embeddings.MatchingRules;
import dev.facet.local.gateway.NodeAuth;

/**
 * What a user chooses of {@code /node}.
 *
 * @param auth what requests have to show besides their API key
 * @param encryptionFloor the lowest encryption version that is accepted, 1..3
 * @param matching what is the same person
 */
public record NodeOptions(NodeAuth auth, int encryptionFloor, MatchingRules matching) {

  /** Signed requests, every encryption, the default distances. */
  public static final NodeOptions DEFAULT =
      new NodeOptions(NodeAuth.SIGV4, 1, MatchingRules.DEFAULT);

  /** Checks the range. */
  public NodeOptions {
    if (encryptionFloor < 1 || encryptionFloor > 3) {
      throw new IllegalArgumentException("the encryption version's floor must be 1..3");
    }
  }
}
