package dev.facet.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrorRateTest {

  @Test
  void no_error_among_many_still_leaves_an_upper_bound() {
    ValueRange exact = ErrorRate.of(0, 4321, ValueRange.UNKNOWN).exact();
    assertThat(exact.low()).isZero();
    assertThat(exact.high()).isCloseTo(1 - Math.pow(0.025, 1.0 / 4321), within(1e-12));
  }

  @Test
  void the_exact_interval_covers_the_truth_in_at_least95_percent_of_samples() {
    RandomGenerator random = Populations.random(1);
    long covered =
        IntStream.range(0, 2000)
            .filter(
                sample -> {
                  int errors =
                      (int) IntStream.range(0, 300).filter(i -> random.nextDouble() < 0.02).count();
                  return ErrorRate.of(errors, 300, ValueRange.UNKNOWN).exact().contains(0.02);
                })
            .count();
    assertThat(covered).isBetween(1900L, 1995L);
  }

  @Test
  void a_rate_with_fewer_than_thirty_errors_is_beyond_reach() {
    assertThat(ErrorRate.of(29, 4321, ValueRange.UNKNOWN).hasEnoughErrors()).isFalse();
    assertThat(ErrorRate.of(30, 4321, ValueRange.UNKNOWN).hasEnoughErrors()).isTrue();
  }

  @Test
  void without_comparisons_nothing_is_claimed() {
    ErrorRate none = ErrorRate.of(0, 0, ValueRange.UNKNOWN);
    assertThat(none.rate()).isNaN();
    assertThat(none.exact()).isEqualTo(ValueRange.UNKNOWN);
  }
}
