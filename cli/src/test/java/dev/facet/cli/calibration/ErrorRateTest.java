package dev.facet.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrorRateTest {

  @Test
  void noErrorAmongManyStillLeavesAnUpperBound() {
    ValueRange exact = ErrorRate.of(0, 4321, ValueRange.UNKNOWN).exact();
    assertThat(exact.low()).isZero();
    assertThat(exact.high()).isCloseTo(1 - Math.pow(0.025, 1.0 / 4321), within(1e-12));
  }

  @Test
  void theExactIntervalCoversTheTruthInAtLeast95PercentOfSamples() {
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
  void aRateWithFewerThanThirtyErrorsIsBeyondReach() {
    assertThat(ErrorRate.of(29, 4321, ValueRange.UNKNOWN).hasEnoughErrors()).isFalse();
    assertThat(ErrorRate.of(30, 4321, ValueRange.UNKNOWN).hasEnoughErrors()).isTrue();
  }

  @Test
  void withoutComparisonsNothingIsClaimed() {
    ErrorRate none = ErrorRate.of(0, 0, ValueRange.UNKNOWN);
    assertThat(none.rate()).isNaN();
    assertThat(none.exact()).isEqualTo(ValueRange.UNKNOWN);
  }
}
