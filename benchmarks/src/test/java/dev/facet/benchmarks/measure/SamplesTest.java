package dev.facet.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void the_median_of_an_even_number_lies_between_the_middle_two() {
    assertThat(Samples.of(4, 1, 3, 2).median()).isEqualTo(2.5);
  }

  @Test
  void ratios_are_taken_turn_by_turn() {
    Samples disturbedInTheSecondTurn = Samples.of(10, 100, 10);
    Samples likewise = Samples.of(5, 50, 5);
    assertThat(disturbedInTheSecondTurn.over(likewise).quantile(1)).isEqualTo(2);
  }

  @Test
  void ratios_of_different_numbers_of_turns_are_refused() {
    Samples two = Samples.of(1, 2);
    assertThatThrownBy(() -> two.over(Samples.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 turns over 1");
  }

  @Test
  void nothing_measured_is_refused() {
    assertThatThrownBy(Samples::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_share_above_a_limit_leaves_the_limit_out() {
    assertThat(Samples.of(1, 2, 3, 4).shareAbove(2)).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void spreads_show_three_digits_that_count() {
    assertThat(Samples.of(123.4, 123.4).spread()).isEqualTo("123 (123–123)");
    assertThat(Samples.digits(12.34)).isEqualTo("12.3");
    assertThat(Samples.digits(1.234)).isEqualTo("1.23");
  }
}
