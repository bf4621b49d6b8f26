package dev.facet.core.payload;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.ApiKey;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Selects the cipher of a request's {@code x-encryption-version}, if this deployment accepts the
 * version. Payloads that are not encrypted, and ids in ROT13, count as version 0.
 */
public final class PayloadCiphers {

  /** The lowest floor, which accepts payloads that are not encrypted. */
  public static final int MIN_FLOOR = 0;

  /** The highest floor, which accepts authenticated encryption alone. */
  public static final int MAX_FLOOR = 3;

  private static final int PLAIN = 0;
  private static final int UNKNOWN = -1;

  private final int floor;
  private final SecureRandom random;

  /**
   * @param floor the lowest encryption version that is accepted, 0..3
   * @param random the source of salts and nonces
   */
  public PayloadCiphers(int floor, SecureRandom random) {
    if (floor < MIN_FLOOR || floor > MAX_FLOOR) {
      throw new IllegalArgumentException("the encryption version's floor must be 0..3");
    }
    this.floor = floor;
    this.random = random;
  }

  /**
   * Returns the cipher for a request.
   *
   * @param version the header's value; null, for an absent header, means 1
   * @param key the request's API key
   * @throws InvalidRequest if the version is unknown or below the floor
   */
  public PayloadCipher forRequest(@Nullable String version, ApiKey key) {
    int number =
        switch (version == null ? "1" : version.strip()) {
          case "1" -> 1;
          case "2" -> 2;
          case "3" -> 3;
          default -> UNKNOWN;
        };
    require(number);
    return switch (number) {
      case 1 -> new EcbCipher(key);
      case 2 -> new SaltedEcbCipher(key, random);
      default -> new SealedCipher(key, random);
    };
  }

  /**
   * Checks that requests may be answered without encryption.
   *
   * @throws InvalidRequest if the floor forbids it
   */
  public void requirePlain() {
    require(PLAIN);
  }

  private void require(int version) {
    if (version == UNKNOWN || version < floor) {
      throw new InvalidRequest("Unsupported encryption version");
    }
  }
}
