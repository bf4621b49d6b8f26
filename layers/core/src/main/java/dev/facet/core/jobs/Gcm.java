package dev.facet.core.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.faults.InternalFault;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM (NIST SP 800-38D) in the form {@code nonce (12 random bytes) ‖ ciphertext ‖ tag}. */
final class Gcm {

  private static final int NONCE = 12;
  private static final int TAG = 16;

  private Gcm() {}

  static byte[] seal(byte[] key, byte[] content, String context, SecureRandom random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(content);
      return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing bytes in memory can't fail", e);
    }
  }

  static byte[] open(byte[] key, byte[] sealed, String context) {
    if (sealed.length < NONCE + TAG) {
      throw new InternalFault("A sealed message is cut short.");
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
          .doFinal(sealed, NONCE, sealed.length - NONCE);
    } catch (AEADBadTagException e) {
      throw new InternalFault("A sealed message was changed, or is another one's.", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(context.getBytes(UTF_8));
    return cipher;
  }
}
