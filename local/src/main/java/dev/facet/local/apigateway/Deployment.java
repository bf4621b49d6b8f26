package dev.facet.local.apigateway;

import org.jspecify.annotations.Nullable;

/**
 * The account, region, API and stage that the API presents itself as deployed in.
 *
 * @param account the account's number
 * @param region the region that signatures must name
 * @param apiId the API's name
 * @param stage the first segment of every path; null if paths begin with the API's own
 */
public record Deployment(String account, String region, String apiId, @Nullable String stage) {

  /** The account of a service on one machine. */
  public static final String LOCAL_ACCOUNT = "000000000000";

  /** The API of a service on one machine. */
  public static final String LOCAL_API = "facetlocal";

  private static final String NAMELESS = "local";

  /** Validates the stage, because it is part of paths. */
  public Deployment {
    if (stage != null && !stage.matches("[A-Za-z0-9_-]{1,128}")) {
      throw new IllegalArgumentException("stage must be 1 to 128 letters, digits, _ or -");
    }
  }

  /** Returns the prefix of every path: empty, or a slash and the stage. */
  public String prefix() {
    return stage == null ? "" : "/" + stage;
  }

  /** Returns the stage's name, which exists even if no path contains it. */
  String stageName() {
    return stage == null ? NAMELESS : stage;
  }

  /**
   * Returns the ARN by which a policy names an operation on a path.
   *
   * @param path without the stage
   */
  String resource(String method, String path) {
    return resource(account, method, path);
  }

  /** Returns the ARN with a masked account, as API Gateway shows it to unauthorized callers. */
  String maskedResource(String method, String path) {
    return resource("*".repeat(8) + account.substring(8), method, path);
  }

  private String resource(String shownAccount, String method, String path) {
    return "arn:aws:execute-api:%s:%s:%s/%s/%s%s"
        .formatted(region, shownAccount, apiId, stageName(), method, path);
  }
}
