package dev.facet.core.crypto;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Random texts for ids and secrets. A text is only as hard to guess as the source of randomness;
 * for secrets the source must be cryptographically strong.
 */
public final class RandomText {

  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private RandomText() {}

  /** Returns letters and digits; each character has 5.95 random bits. */
  public static String base62(RandomGenerator random, int length) {
    return of(BASE62, random, length);
  }

  /**
   * Returns a number in base 62 with the digits 0-9, A-Z, a-z, most significant first.
   *
   * @param number not negative and less than 62<sup>length</sup>
   */
  public static String base62(long number, int length) {
    char[] digits = new char[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
      rest /= BASE62.length();
    }
    return new String(digits);
  }

  /** Returns characters of an alphabet, each with the same probability. */
  public static String of(String alphabet, RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** Returns two lower-case hex digits for each of {@code bytes} random bytes. */
  public static String hex(RandomGenerator random, int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return HexFormat.of().formatHex(content);
  }
}
