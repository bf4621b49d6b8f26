package dev.facet.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsTest {

  private static final Rounds ROUNDS = new Rounds("starts", 7);

  @Test
  void without_an_argument_there_are_as_many_as_usual() {
    assertThat(ROUNDS.parse(List.of())).isEqualTo(7);
    assertThat(ROUNDS.parse(List.of("3"))).isEqualTo(3);
    assertThat(ROUNDS.usage()).isEqualTo("[ROUNDS]  starts; default 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1.5", ""})
  void other_text_is_refused(String text) {
    assertThatThrownBy(() -> ROUNDS.parse(List.of(text)))
        .isInstanceOf(InvalidArguments.class)
        .hasMessage("ROUNDS must be an integer of at least 1, not " + text);
  }

  @Test
  void a_second_argument_is_refused() {
    assertThatThrownBy(() -> ROUNDS.parse(List.of("3", "4")))
        .isInstanceOf(InvalidArguments.class)
        .hasMessage("unexpected argument 4");
  }
}
