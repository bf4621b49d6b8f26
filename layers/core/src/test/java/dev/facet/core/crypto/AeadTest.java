package dev.facet.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class AeadTest {

  private static final byte[] CONTEXT = "context".getBytes(UTF_8);
  private static final byte[] PLAINTEXT = "a plaintext".getBytes(UTF_8);

  private final Aead aead = new Aead(new byte[Aead.KEY_BYTES], new SecureRandom());

  /** Test case 14 of McGrew and Viega's specification of GCM, with its nonce in front. */
  @Test
  void the_published_vector_is_decrypted() throws AEADBadTagException {
    byte[] ciphertext =
        HexFormat.of()
            .parseHex(
                "000000000000000000000000"
                    + "cea7403d4d606b6e074ec5d3baf39d18"
                    + "d0d1c8a799996bf0265b98b5d48ab919");

    assertThat(aead.decrypt(ciphertext, new byte[0])).isEqualTo(new byte[16]);
  }

  @Test
  void decryption_returns_the_plaintext() throws AEADBadTagException {
    byte[] ciphertext = aead.encrypt(PLAINTEXT, CONTEXT);

    assertThat(ciphertext).hasSize(PLAINTEXT.length + Aead.OVERHEAD_BYTES);
    assertThat(aead.decrypt(ciphertext, CONTEXT)).isEqualTo(PLAINTEXT);
  }

  @Test
  void equal_plaintexts_give_different_ciphertexts() {
    assertThat(aead.encrypt(PLAINTEXT, CONTEXT)).isNotEqualTo(aead.encrypt(PLAINTEXT, CONTEXT));
  }

  @Test
  void a_change_of_any_byte_is_detected() {
    byte[] ciphertext = aead.encrypt(PLAINTEXT, CONTEXT);
    for (int i = 0; i < ciphertext.length; i++) {
      byte[] changed = ciphertext.clone();
      changed[i] ^= 1;
      assertRefused(aead, changed, CONTEXT);
    }
  }

  @Test
  void a_ciphertext_of_any_shorter_length_is_refused() {
    byte[] ciphertext = aead.encrypt(PLAINTEXT, CONTEXT);
    for (int length = 0; length < ciphertext.length; length++) {
      assertRefused(aead, Arrays.copyOf(ciphertext, length), CONTEXT);
    }
  }

  @Test
  void another_key_or_context_is_detected() {
    byte[] ciphertext = aead.encrypt(PLAINTEXT, CONTEXT);
    byte[] otherKey = new byte[Aead.KEY_BYTES];
    otherKey[0] = 1;

    assertRefused(new Aead(otherKey, new SecureRandom()), ciphertext, CONTEXT);
    assertRefused(aead, ciphertext, "another".getBytes(UTF_8));
  }

  @Test
  void a_key_of_another_length_is_refused() {
    assertThatThrownBy(() -> new Aead(new byte[16], new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
  }

  private static void assertRefused(Aead aead, byte[] ciphertext, byte[] context) {
    assertThatThrownBy(() -> aead.decrypt(ciphertext, context))
        .isInstanceOf(AEADBadTagException.class);
  }
}
