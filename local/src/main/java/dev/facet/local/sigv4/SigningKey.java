package dev.facet.local.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.crypto.Hashes;
import dev.facet.local.sigv4.SignatureClaim.Scope;
import java.util.HexFormat;

/** The signing key of Signature Version 4 for a day, region and service. */
final class SigningKey {

  private final byte[] key;

  private SigningKey(byte[] key) {
    this.key = key;
  }

  /** Derives the key of a secret for a scope. */
  static SigningKey derive(String secretAccessKey, Scope scope) {
    byte[] day = Hashes.hmacSha256(("AWS4" + secretAccessKey).getBytes(UTF_8), scope.date());
    byte[] region = Hashes.hmacSha256(day, scope.region());
    byte[] service = Hashes.hmacSha256(region, scope.service());
    return new SigningKey(Hashes.hmacSha256(service, "aws4_request"));
  }

  /** Returns the signature of a canonical request: 64 lower-case hex digits. */
  String sign(String timestamp, Scope scope, String canonicalRequest) {
    String stringToSign =
        String.join(
            "\n",
            SignatureClaim.ALGORITHM,
            timestamp,
            scope.toString(),
            Hashes.sha256Hex(canonicalRequest));
    return HexFormat.of().formatHex(Hashes.hmacSha256(key, stringToSign));
  }
}
