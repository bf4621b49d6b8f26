package dev.facet.core.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.facet.core.crypto.RandomText;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key, which is a secret. Its owner sees it once, at creation; after that it travels only in
 * requests, and this service never stores it. {@link #toString} hides it.
 *
 * <p>A generated key is {@code facet}, 24 random letters and digits (142 random bits), and the
 * CRC-32 (IEEE 802.3) of these 29 characters in six digits of base 62, most significant first. The
 * prefix lets secret scanners find leaked keys; the checksum lets a typing error be refused without
 * a lookup. Keys of other forms, which earlier versions generated, remain valid.
 *
 * @param secret the key itself
 */
public record ApiKey(String secret) {

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9]{20,128}");
  private static final Pattern GENERATED = Pattern.compile("facet[0-9A-Za-z]{30}");
  private static final String PREFIX = "facet";
  private static final int RANDOM_LENGTH = 24;
  private static final int CHECKSUM_LENGTH = 6;

  /** Returns a new key. */
  static ApiKey generate(RandomGenerator random) {
    String payload = PREFIX + RandomText.base62(random, RANDOM_LENGTH);
    return new ApiKey(payload + checksum(payload));
  }

  /**
   * Returns whether the key may be known: it has 20 to 128 ASCII letters and digits and, if it has
   * the form of a generated key, the right checksum. Any other key is certainly unknown.
   */
  public boolean isWellFormed() {
    return WELL_FORMED.matcher(secret).matches()
        && (!GENERATED.matcher(secret).matches() || hasChecksum());
  }

  private boolean hasChecksum() {
    int end = secret.length() - CHECKSUM_LENGTH;
    return secret.substring(end).equals(checksum(secret.substring(0, end)));
  }

  private static String checksum(String payload) {
    CRC32 crc = new CRC32();
    crc.update(payload.getBytes(US_ASCII));
    return RandomText.base62(crc.getValue(), CHECKSUM_LENGTH);
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
