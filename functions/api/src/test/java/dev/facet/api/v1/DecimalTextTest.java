package dev.facet.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {

  @ParameterizedTest
  @CsvSource({
    "161, 161",
    "4.939221, 4.93922",
    "-9.3, -9.3",
    "0, 0",
    "-0.0, 0",
    "0.5, 0.5",
    "1e-9, 0",
    "-1e-9, 0",
    "0.00001234, 0.000012",
    "0.9999999, 1",
    "1234567, 1234570",
    "100, 100",
    "1e7, 10000000"
  })
  void a_number_is_written_as_clients_know_it(double number, String text) {
    assertThat(DecimalText.text(number)).isEqualTo(text);
  }

  @Property(tries = 500)
  void no_number_is_written_with_an_exponent_or_far_from_itself(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double number) {
    String text = DecimalText.text(number);

    assertThat(text).matches("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?").isNotEqualTo("-0");
    assertThat(Math.abs(Double.parseDouble(text) - number))
        .isLessThanOrEqualTo(Math.max(1e-6, Math.abs(number) * 1e-5));
  }
}
