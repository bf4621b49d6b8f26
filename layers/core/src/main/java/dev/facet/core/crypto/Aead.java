package dev.facet.core.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption with associated data: AES-256-GCM (NIST SP 800-38D). A ciphertext is
 * {@code nonce (12 random bytes) ‖ encrypted bytes ‖ tag (16 bytes)}.
 *
 * <p>It hides the plaintext and detects any change to the ciphertext, a wrong key and other
 * associated data. It does not hide the length of the plaintext and does not prevent replay. With
 * random nonces, one key should encrypt at most 2^32 plaintexts. Safe for concurrent use.
 */
public final class Aead {

  /** Length of a key in bytes. */
  public static final int KEY_BYTES = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** The number of bytes by which a ciphertext is longer than its plaintext. */
  public static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

  private final SecretKeySpec key;
  private final SecureRandom random;

  /**
   * @param key 32 bytes
   * @param random the source of nonces
   */
  public Aead(byte[] key, SecureRandom random) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key of AES-256 has 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /**
   * Encrypts and authenticates a plaintext.
   *
   * @param associatedData authenticated but not part of the ciphertext; decryption needs it again
   */
  public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    ByteBuffer ciphertext = ByteBuffer.allocate(plaintext.length + OVERHEAD_BYTES).put(nonce);
    try {
      cipher(Cipher.ENCRYPT_MODE, nonce, associatedData)
          .doFinal(ByteBuffer.wrap(plaintext), ciphertext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encryption in memory can't fail", e);
    }
    return ciphertext.array();
  }

  /**
   * Decrypts a ciphertext.
   *
   * @throws AEADBadTagException if it is too short, was changed, or was made with another key or
   *     other associated data
   */
  public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws AEADBadTagException {
    if (ciphertext.length < OVERHEAD_BYTES) {
      throw new AEADBadTagException("the ciphertext is too short");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(ciphertext, 0, nonce, 0, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, associatedData)
          .doFinal(ciphertext, NONCE_BYTES, ciphertext.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] associatedData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(associatedData);
    return cipher;
  }
}
