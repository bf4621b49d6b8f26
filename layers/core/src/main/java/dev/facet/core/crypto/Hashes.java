package dev.facet.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104). */
public final class Hashes {

  private static final String HMAC = "HmacSHA256";

  private Hashes() {}

  /** Returns a new SHA-256 digest, for data that comes in parts. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the SHA-256 hash, 32 bytes. */
  public static byte[] sha256(byte[] bytes) {
    return newSha256().digest(bytes);
  }

  /** Returns the SHA-256 hash as 64 lower-case hex digits. */
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }

  /** Returns the SHA-256 hash of a text's UTF-8 bytes as 64 lower-case hex digits. */
  public static String sha256Hex(String text) {
    return sha256Hex(text.getBytes(UTF_8));
  }

  /**
   * Returns the HMAC-SHA-256 of a message, 32 bytes.
   *
   * @param key at least one byte
   */
  public static byte[] hmacSha256(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** Returns the HMAC-SHA-256 of a text's UTF-8 bytes, 32 bytes. */
  public static byte[] hmacSha256(byte[] key, String message) {
    return hmacSha256(key, message.getBytes(UTF_8));
  }
}
