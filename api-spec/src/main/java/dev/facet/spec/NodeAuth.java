package dev.facet.spec;

/** The authentication of requests under {@code /node}, besides the API key in their body. */
public enum NodeAuth {
  /** A signature, as for all other operations. */
  SIGV4,
  /** None: the handlers check the API key, as with CryptoNets. */
  KEY
}
