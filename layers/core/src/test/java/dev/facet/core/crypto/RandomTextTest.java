package dev.facet.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomTextTest {

  private final Random random = new Random(7);

  @Test
  void base62_has_every_letter_and_digit() {
    String text = RandomText.base62(random, 10_000);

    assertThat(text).matches("[0-9A-Za-z]{10000}");
    assertThat(text.chars().distinct()).hasSize(62);
  }

  @Test
  void hex_has_two_digits_for_each_byte() {
    assertThat(RandomText.hex(random, 8)).matches("[0-9a-f]{16}");
    assertThat(RandomText.hex(random, 8)).isNotEqualTo(RandomText.hex(random, 8));
  }

  @Test
  void a_text_has_the_alphabets_characters_only() {
    assertThat(RandomText.of("ab", random, 100)).matches("[ab]{100}").contains("a", "b");
  }
}
