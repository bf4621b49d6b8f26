package dev.facet.local.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.local.sigv4.SignatureClaim.Scope;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signing key of Signature Version 4 for a day, region and service, and the protocol's hashes.
 */
final class SigningKey {

  private static final String HMAC = "HmacSHA256";

  private final byte[] key;

  private SigningKey(byte[] key) {
    this.key = key;
  }

  /** Derives the key of a secret for a scope. */
  static SigningKey derive(String secretAccessKey, Scope scope) {
    byte[] day = hmac(("AWS4" + secretAccessKey).getBytes(UTF_8), scope.date());
    byte[] region = hmac(day, scope.region());
    byte[] service = hmac(region, scope.service());
    return new SigningKey(hmac(service, "aws4_request"));
  }

  /** Returns the signature of a canonical request: 64 lower-case hex digits. */
  String sign(String timestamp, Scope scope, String canonicalRequest) {
    String stringToSign =
        String.join(
            "\n",
            SignatureClaim.ALGORITHM,
            timestamp,
            scope.toString(),
            sha256(canonicalRequest.getBytes(UTF_8)));
    return HexFormat.of().formatHex(hmac(key, stringToSign));
  }

  /** Returns the lower-case hex SHA-256. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
