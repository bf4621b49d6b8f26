package dev.facet.local.apigateway;

/** What requests under {@code /node} have to show besides their API key. */
public enum NodeAuth {
  /** A signature, as everything else. */
  SIGV4,
  /** Nothing: the service's handlers check the key. */
  KEY
}
