package dev.facet.local.sigv4;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signature claim of a request, complete and well-formed but not yet verified.
 *
 * @param placement the part of the request that carries it
 * @param scope the key that signed it, and the date, region and service that it is valid for
 * @param signedHeaders lower-case names, sorted
 * @param signature 64 lower-case hex digits, if it is genuine
 * @param timestamp the time of signing, {@code yyyyMMdd'T'HHmmss'Z'}
 * @param sessionToken the token of temporary credentials; null without one
 */
record SignatureClaim(
    Placement placement,
    Scope scope,
    List<String> signedHeaders,
    String signature,
    String timestamp,
    @Nullable String sessionToken) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** The part of a request that carries its signature. */
  enum Placement {
    HEADER,
    QUERY
  }

  /**
   * The credential scope.
   *
   * @param date {@code yyyyMMdd}
   */
  record Scope(String accessKeyId, String date, String region, String service) {

    private static final String TERMINATOR = "aws4_request";

    static Scope parse(String credential) {
      String[] parts = credential.split("/", -1);
      if (parts.length != 5) {
        throw SignatureFault.incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g."
                + " keyid/date/region/service/term.");
      }
      if (!parts[4].equals(TERMINATOR)) {
        throw SignatureFault.invalid(
            "Credential should be scoped with a valid terminator: '" + TERMINATOR + "'.");
      }
      return new Scope(parts[0], parts[1], parts[2], parts[3]);
    }

    /** Returns the scope in the format of the string to sign. */
    @Override
    public String toString() {
      return String.join("/", date, region, service, TERMINATOR);
    }
  }
}
