package dev.facet.local.apigateway;

import org.jspecify.annotations.Nullable;

/**
 * Where the API claims to be deployed.
 *
 * @param account the account's number
 * @param region what signatures must be for
 * @param apiId the API's name
 * @param stage the first segment of every path; null if paths begin with the API's own
 */
public record Deployment(String account, String region, String apiId, @Nullable String stage) {

  /** The account of a service on one machine. */
  public static final String LOCAL_ACCOUNT = "000000000000";

  /** The API of a service on one machine. */
  public static final String LOCAL_API = "facetlocal";

  private static final String NAMELESS = "local";

  /** Checks the stage, which stands in paths. */
  public Deployment {
    if (stage != null && !stage.matches("[A-Za-z0-9_-]{1,128}")) {
      throw new IllegalArgumentException("a stage is 1..128 letters, digits, _ and -");
    }
  }

  /** What every path begins with: nothing, or the stage after a slash. */
  public String prefix() {
    return stage == null ? "" : "/" + stage;
  }

  /** The stage's name, which it has even where no path shows it. */
  String stageName() {
    return stage == null ? NAMELESS : stage;
  }

  /**
   * What a policy calls an operation on a path.
   *
   * @param path without the stage
   */
  String resource(String method, String path) {
    return resource(account, method, path);
  }

  /** The same, as API Gateway shows it to whoever may not invoke it. */
  String maskedResource(String method, String path) {
    return resource("*".repeat(8) + account.substring(8), method, path);
  }

  private String resource(String shownAccount, String method, String path) {
    return "arn:aws:execute-api:%s:%s:%s/%s/%s%s"
        .formatted(region, shownAccount, apiId, stageName(), method, path);
  }
}
