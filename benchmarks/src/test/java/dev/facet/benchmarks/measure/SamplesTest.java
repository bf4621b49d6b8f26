package dev.facet.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(Samples.of(4, 1, 3, 2).median()).isEqualTo(2.5);
  }

  @Test
  void ratiosAreTakenTurnByTurn() {
    Samples disturbedInTheSecondTurn = Samples.of(10, 100, 10);
    Samples likewise = Samples.of(5, 50, 5);
    assertThat(disturbedInTheSecondTurn.over(likewise).quantile(1)).isEqualTo(2);
  }

  @Test
  void ratiosOfDifferentNumbersOfTurnsAreRefused() {
    Samples two = Samples.of(1, 2);
    assertThatThrownBy(() -> two.over(Samples.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 turns over 1");
  }

  @Test
  void nothingMeasuredIsRefused() {
    assertThatThrownBy(Samples::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theShareAboveALimitLeavesTheLimitOut() {
    assertThat(Samples.of(1, 2, 3, 4).shareAbove(2)).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void spreadsShowThreeDigitsThatCount() {
    assertThat(Samples.of(123.4, 123.4).spread()).isEqualTo("123 (123–123)");
    assertThat(Samples.digits(12.34)).isEqualTo("12.3");
    assertThat(Samples.digits(1.234)).isEqualTo("1.23");
  }
}
