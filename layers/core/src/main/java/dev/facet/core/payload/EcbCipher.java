package dev.facet.core.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.keys.ApiKey;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * Version 1, as the vendor's existing clients implement it: {@code hex(padLen ‖ AES-256-ECB(key =
 * SHA-256(api_key), text zero-padded to 16))}.
 *
 * <p>It hides the text from anyone without the key, and <b>guarantees nothing else</b>: equal texts
 * and equal blocks give equal payloads, and blocks can be exchanged or dropped undetected. A wrong
 * key is detected only because the result is not zero-padded UTF-8. Prefer {@link SealedCipher}.
 */
public final class EcbCipher implements PayloadCipher {

  private final SecretKeySpec key;

  /** Creates a cipher for one API key. */
  public EcbCipher(ApiKey key) {
    this.key = Aes.keyFrom(key.secret().getBytes(UTF_8));
  }

  @Override
  public String encrypt(String text, PayloadContext context) {
    return HexFormat.of().formatHex(Aes.encryptBlocks(key, text));
  }

  @Override
  public String decrypt(String payload, PayloadContext context) {
    return Aes.decryptBlocks(key, Aes.fromHex(payload, context), context);
  }
}
