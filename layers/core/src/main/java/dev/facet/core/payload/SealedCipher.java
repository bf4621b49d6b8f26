package dev.facet.core.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.faults.CallerFault.UndecryptablePayload;
import dev.facet.core.keys.ApiKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Version 3, this service's own and the recommended one: {@code base64url(0x03 ‖ nonce ‖
 * AES-256-GCM(key, text))} without padding. {@code key = HKDF-SHA-256(api_key, no salt, info =
 * "facet/v3", 32 bytes)} (RFC 5869), the nonce is 12 random bytes (NIST SP 800-38D), and the
 * associated data are {@code facet/v3|<FACE version>|<field>}.
 *
 * <p>It hides the text and detects any change to the payload, a wrong key, and use for another
 * version or property. It does not hide the length of the text and does not prevent replay. With
 * random nonces, one key should seal at most 2^32 payloads.
 */
public final class SealedCipher implements PayloadCipher {

  private static final byte VERSION = 3;
  private static final int NONCE = 12;
  private static final int TAG = 16;

  private final SecretKey key;
  private final SecureRandom random;

  /**
   * @param apiKey the API key of the payloads
   * @param random the source of nonces
   */
  public SealedCipher(ApiKey apiKey, SecureRandom random) {
    this.key = derive(apiKey);
    this.random = random;
  }

  @Override
  public String encrypt(String text, PayloadContext context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] bytes = text.getBytes(UTF_8);
    try {
      byte[] sealed = gcm(Cipher.ENCRYPT_MODE, nonce, context).doFinal(bytes);
      byte[] all =
          ByteBuffer.allocate(1 + NONCE + sealed.length)
              .put(VERSION)
              .put(nonce)
              .put(sealed)
              .array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing a text in memory can't fail", e);
    }
  }

  @Override
  public String decrypt(String payload, PayloadContext context) {
    byte[] all = fromBase64(payload, context);
    if (all.length < 1 + NONCE + TAG || all[0] != VERSION) {
      throw new UndecryptablePayload(
          context.field().property() + " is not a payload of encryption version 3.");
    }
    byte[] nonce = new byte[NONCE];
    System.arraycopy(all, 1, nonce, 0, NONCE);
    try {
      Cipher cipher = gcm(Cipher.DECRYPT_MODE, nonce, context);
      return Aes.text(cipher.doFinal(all, 1 + NONCE, all.length - 1 - NONCE), context);
    } catch (AEADBadTagException e) {
      throw Aes.undecryptable(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private Cipher gcm(int mode, byte[] nonce, PayloadContext context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    String associated = "facet/v3|" + context.faceVersion() + "|" + context.field().property();
    cipher.updateAAD(associated.getBytes(UTF_8));
    return cipher;
  }

  private static byte[] fromBase64(String payload, PayloadContext context) {
    try {
      return Base64.getUrlDecoder().decode(payload);
    } catch (IllegalArgumentException e) {
      throw new UndecryptablePayload(context.field().property() + " must be base64url.");
    }
  }

  private static SecretKey derive(ApiKey apiKey) {
    try {
      HKDFParameterSpec spec =
          HKDFParameterSpec.ofExtract()
              .addIKM(apiKey.secret().getBytes(UTF_8))
              .thenExpand("facet/v3".getBytes(UTF_8), 32);
      return KDF.getInstance("HKDF-SHA256").deriveKey("AES", spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
    }
  }
}
