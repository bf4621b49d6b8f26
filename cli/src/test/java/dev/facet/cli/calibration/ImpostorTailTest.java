package dev.facet.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class ImpostorTailTest {

  @Example
  void the_fit_finds_the_similarity_that_one_in_ten_thousand_reaches() {
    PairSet sample = Populations.impostors(80, 3, Populations.random(7));
    ImpostorTail fit = ImpostorTail.fit(sample.impostor());
    assertThat(fit.similarity(1e-4)).isCloseTo(Populations.TRUTH.similarity(1e-4), within(0.01));
    assertThat(fit.falseMatchRate(Populations.TRUTH.similarity(1e-4))).isBetween(0.7e-4, 1.4e-4);
  }

  @Example
  void what_the_model_says_agrees_with_counts_far_out_in_the_tail() {
    PairSet many = Populations.impostors(300, 4, Populations.random(8));
    double similarity = Populations.TRUTH.similarity(1e-3);
    double counted =
        (double) PairSet.atLeast(many.impostor(), similarity) / PairSet.size(many.impostor());
    assertThat(Populations.TRUTH.falseMatchRate(similarity)).isCloseTo(counted, within(1.5e-4));
  }

  @Property
  void similarity_and_rate_are_each_others_inverse(
      @ForAll @DoubleRange(min = 0.01, max = 12) double magnitude) {
    double rate = Math.pow(10, -magnitude);
    double again = Populations.TRUTH.falseMatchRate(Populations.TRUTH.similarity(rate));
    assertThat(again / rate).isCloseTo(1, within(1e-6));
  }

  @Example
  void impostors_that_are_all_alike_give_no_model() {
    PairGroup constant = new PairGroup(0, 1, new double[] {0, 0, 0});
    assertThatIllegalArgumentException().isThrownBy(() -> ImpostorTail.fit(List.of(constant)));
  }
}
