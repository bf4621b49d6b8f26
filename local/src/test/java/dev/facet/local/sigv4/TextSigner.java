package dev.facet.local.sigv4;

/**
 * Signs canonical requests that a test wrote by hand, as a client might that differs from AWS's.
 */
public final class TextSigner {

  private TextSigner() {}

  /**
   * Returns the signature of a canonical request.
   *
   * @param scope date, region and service, separated by slashes
   */
  public static String sign(
      String secret, String scope, String timestamp, String canonicalRequest) {
    String[] parts = scope.split("/");
    SignatureClaim.Scope parsed = new SignatureClaim.Scope("", parts[0], parts[1], parts[2]);
    return SigningKey.derive(secret, parsed).sign(timestamp, parsed, canonicalRequest);
  }
}
