package dev.facet.core.payload;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.ApiKey;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Selects the cipher of a request's {@code x-encryption-version}, if this deployment accepts the
 * version.
 */
public final class PayloadCiphers {

  private final int floor;
  private final SecureRandom random;

  /**
   * @param floor the lowest encryption version that is accepted, 1..3
   * @param random the source of salts and nonces
   */
  public PayloadCiphers(int floor, SecureRandom random) {
    if (floor < 1 || floor > 3) {
      throw new IllegalArgumentException("the encryption version's floor must be 1..3");
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
          default -> 0;
        };
    if (number < floor) {
      throw new InvalidRequest("Unsupported encryption version");
    }
    return switch (number) {
      case 1 -> new EcbCipher(key);
      case 2 -> new SaltedEcbCipher(key, random);
      default -> new SealedCipher(key, random);
    };
  }
}
