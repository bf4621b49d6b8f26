package dev.facet.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.crypto.Hashes;
import java.util.HexFormat;

/**
 * The id under which the store keeps an API key: {@code hex(HMAC-SHA-256(key =
 * "facet/api-key-id/v1", message = api_key))}.
 *
 * <p>The domain separation matters: a plain SHA-256 of the key <em>is</em> the payload key of
 * cipher version 1, so neither that hash nor the key may be stored. A key carries at least 128
 * random bits, so the id cannot be inverted.
 *
 * @param hex 64 lower-case hex digits
 */
public record KeyId(String hex) {

  private static final byte[] DOMAIN = "facet/api-key-id/v1".getBytes(UTF_8);

  /** Computes the id of a key. */
  public static KeyId of(ApiKey key) {
    return new KeyId(HexFormat.of().formatHex(Hashes.hmacSha256(DOMAIN, key.secret())));
  }
}
