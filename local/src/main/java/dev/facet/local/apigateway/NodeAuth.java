package dev.facet.local.apigateway;

/** The authentication of requests under {@code /node} besides their API key. */
public enum NodeAuth {
  /** A signature, as for all other operations. */
  SIGV4,
  /** None: the service's handlers check the key. */
  KEY
}
