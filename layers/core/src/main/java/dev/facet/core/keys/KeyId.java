package dev.facet.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

  private static final SecretKeySpec DOMAIN =
      new SecretKeySpec("facet/api-key-id/v1".getBytes(UTF_8), "HmacSHA256");

  /** Computes the id of a key. */
  public static KeyId of(ApiKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(DOMAIN);
      return new KeyId(HexFormat.of().formatHex(mac.doFinal(key.secret().getBytes(UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
