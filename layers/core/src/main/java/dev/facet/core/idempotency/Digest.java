package dev.facet.core.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.crypto.Hashes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** SHA-256 over a list of texts, encoded so that two different lists never give the same bytes. */
public final class Digest {

  private Digest() {}

  /**
   * Returns the digest of the parts. Each is preceded by its length, so moving a character from one
   * part to the next changes the digest.
   *
   * @return 32 bytes
   */
  public static byte[] of(String... parts) {
    MessageDigest sha256 = Hashes.newSha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(UTF_8);
      sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      sha256.update(bytes);
    }
    return sha256.digest();
  }
}
