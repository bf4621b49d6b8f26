package dev.facet.api.http;

/**
 * What a deployment may choose.
 *
 * @param bodyBytes the largest body, decoded; Lambda takes 6 MB an event, the envelope included
 * @param cors which pages may read answers
 */
public record Settings(int bodyBytes, Cors cors) {

  /** The limits of {@code openapi.yaml}, and every origin. */
  public static final Settings DEFAULT = new Settings(6_000_000, new Cors("*"));
}
