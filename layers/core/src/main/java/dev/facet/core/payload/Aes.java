package dev.facet.core.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.crypto.Hashes;
import dev.facet.core.faults.CallerFault.UndecryptablePayload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AES layer that versions 1 and 2 share. Its output is one byte with the number of zero bytes
 * that pad the text to whole AES blocks, then the blocks under AES-256-ECB.
 */
final class Aes {

  static final int BLOCK = 16;

  private Aes() {}

  static SecretKeySpec keyFrom(byte[] secret) {
    return new SecretKeySpec(Hashes.sha256(secret), "AES");
  }

  static byte[] encryptBlocks(SecretKeySpec key, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int padding = (BLOCK - bytes.length % BLOCK) % BLOCK;
    byte[] blocks = ecb(Cipher.ENCRYPT_MODE, key, Arrays.copyOf(bytes, bytes.length + padding));
    return ByteBuffer.allocate(1 + blocks.length).put((byte) padding).put(blocks).array();
  }

  static String decryptBlocks(SecretKeySpec key, byte[] wrapped, PayloadContext context) {
    int padding = wrapped.length == 0 ? -1 : wrapped[0];
    int blocks = wrapped.length - 1;
    if (padding < 0 || padding >= BLOCK || blocks % BLOCK != 0 || padding > blocks) {
      throw undecryptable(context);
    }
    byte[] padded = ecb(Cipher.DECRYPT_MODE, key, Arrays.copyOfRange(wrapped, 1, wrapped.length));
    int length = blocks - padding;
    for (int i = length; i < padded.length; i++) {
      if (padded[i] != 0) {
        throw undecryptable(context);
      }
    }
    return text(Arrays.copyOf(padded, length), context);
  }

  static byte[] fromHex(String payload, PayloadContext context) {
    try {
      return HexFormat.of().parseHex(payload);
    } catch (IllegalArgumentException e) {
      throw new UndecryptablePayload(context.field().property() + " must be hexadecimal.");
    }
  }

  /** Decodes strict UTF-8. Decryption with a wrong key almost never yields valid UTF-8. */
  static String text(byte[] bytes, PayloadContext context) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw undecryptable(context);
    }
  }

  static UndecryptablePayload undecryptable(PayloadContext context) {
    return new UndecryptablePayload(context.field().property() + " could not be decrypted.");
  }

  @SuppressWarnings("InsecureCryptoUsage") // the vendor's clients support no other mode
  private static byte[] ecb(int mode, SecretKeySpec key, byte[] blocks) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(mode, key);
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks under AES-256 can't fail", e);
    }
  }
}
