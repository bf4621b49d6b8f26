package dev.facet.core.payload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.keys.ApiKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * Version 2, as the vendor's existing clients implement it: {@code hex(padLen ‖ AES-256-ECB(key =
 * SHA-256(api_key ‖ salt), text zero-padded to 16) ‖ salt)}. The salt is 16 ASCII hex characters.
 *
 * <p>Equal texts give different payloads; otherwise it guarantees as little as {@link EcbCipher}.
 */
public final class SaltedEcbCipher implements PayloadCipher {

  private static final int SALT = 16;

  private final byte[] apiKey;
  private final SecureRandom random;

  /**
   * @param key the API key of the payloads
   * @param random the source of salts
   */
  public SaltedEcbCipher(ApiKey key, SecureRandom random) {
    this.apiKey = key.secret().getBytes(UTF_8);
    this.random = random;
  }

  @Override
  public String encrypt(String text, PayloadContext context) {
    byte[] half = new byte[SALT / 2];
    random.nextBytes(half);
    byte[] salt = HexFormat.of().formatHex(half).getBytes(US_ASCII);
    byte[] wrapped = Aes.encryptBlocks(keyWith(salt), text);
    return HexFormat.of()
        .formatHex(ByteBuffer.allocate(wrapped.length + SALT).put(wrapped).put(salt).array());
  }

  @Override
  public String decrypt(String payload, PayloadContext context) {
    byte[] bytes = Aes.fromHex(payload, context);
    int wrapped = bytes.length - SALT;
    if (wrapped < 1) {
      throw Aes.undecryptable(context);
    }
    byte[] salt = Arrays.copyOfRange(bytes, wrapped, bytes.length);
    if (!isHex(salt)) {
      throw Aes.undecryptable(context);
    }
    return Aes.decryptBlocks(keyWith(salt), Arrays.copyOf(bytes, wrapped), context);
  }

  private SecretKeySpec keyWith(byte[] salt) {
    return Aes.keyFrom(ByteBuffer.allocate(apiKey.length + SALT).put(apiKey).put(salt).array());
  }

  private static boolean isHex(byte[] salt) {
    for (byte b : salt) {
      if (!HexFormat.isHexDigit(b)) {
        return false;
      }
    }
    return true;
  }
}
