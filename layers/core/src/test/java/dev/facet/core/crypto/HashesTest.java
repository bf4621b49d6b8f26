package dev.facet.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HashesTest {

  /** FIPS 180-4's example of one block. */
  @Test
  void sha256_gives_the_published_hash() {
    String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    assertThat(Hashes.sha256Hex("abc")).isEqualTo(expected);
    assertThat(Hashes.sha256Hex("abc".getBytes(UTF_8))).isEqualTo(expected);
    assertThat(Hashes.sha256("abc".getBytes(UTF_8))).isEqualTo(HexFormat.of().parseHex(expected));
  }

  /** RFC 4231, test case 2. */
  @Test
  void hmac_gives_the_published_code() {
    assertThat(Hashes.hmacSha256("Jefe".getBytes(UTF_8), "what do ya want for nothing?"))
        .isEqualTo(
            HexFormat.of()
                .parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  }
}
