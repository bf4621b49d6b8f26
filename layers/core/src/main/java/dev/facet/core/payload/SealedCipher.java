package dev.facet.core.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.crypto.Aead;
import dev.facet.core.faults.CallerFault.UndecryptablePayload;
import dev.facet.core.keys.ApiKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.KDF;
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

  private final Aead aead;

  /**
   * @param apiKey the API key of the payloads
   * @param random the source of nonces
   */
  public SealedCipher(ApiKey apiKey, SecureRandom random) {
    this.aead = new Aead(derive(apiKey), random);
  }

  @Override
  public String encrypt(String text, PayloadContext context) {
    byte[] sealed = aead.encrypt(text.getBytes(UTF_8), associatedData(context));
    byte[] all = ByteBuffer.allocate(1 + sealed.length).put(VERSION).put(sealed).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  @Override
  public String decrypt(String payload, PayloadContext context) {
    byte[] all = fromBase64(payload, context);
    if (all.length < 1 + Aead.OVERHEAD_BYTES || all[0] != VERSION) {
      throw new UndecryptablePayload(
          context.field().property() + " is not a payload of encryption version 3.");
    }
    try {
      byte[] sealed = Arrays.copyOfRange(all, 1, all.length);
      return Aes.text(aead.decrypt(sealed, associatedData(context)), context);
    } catch (AEADBadTagException e) {
      throw Aes.undecryptable(context);
    }
  }

  private static byte[] associatedData(PayloadContext context) {
    return ("facet/v3|" + context.version().value() + "|" + context.field().property())
        .getBytes(UTF_8);
  }

  private static byte[] fromBase64(String payload, PayloadContext context) {
    try {
      return Base64.getUrlDecoder().decode(payload);
    } catch (IllegalArgumentException e) {
      throw new UndecryptablePayload(context.field().property() + " must be base64url.");
    }
  }

  private static byte[] derive(ApiKey apiKey) {
    try {
      HKDFParameterSpec spec =
          HKDFParameterSpec.ofExtract()
              .addIKM(apiKey.secret().getBytes(UTF_8))
              .thenExpand("facet/v3".getBytes(UTF_8), 32);
      return KDF.getInstance("HKDF-SHA256").deriveData(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
    }
  }
}
