package dev.facet.api.http;

/**
 * The settings of a deployment.
 *
 * @param bodyBytes maximum decoded body; Lambda accepts 6 MB per event, including the envelope
 * @param cors the pages that may read responses
 */
public record Settings(int bodyBytes, Cors cors) {

  /** The limits of {@code openapi.yaml}, with all origins allowed. */
  public static final Settings DEFAULT = new Settings(6_000_000, new Cors("*"));
}
