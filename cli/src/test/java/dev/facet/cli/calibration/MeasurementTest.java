package dev.facet.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class MeasurementTest {

  @Example
  void subject_bootstrap_covers_the_truth_where_pair_bootstrap_fails() {
    RandomGenerator random = Populations.random(3);
    double threshold = Populations.TRUTH.similarity(0.05);
    int bySubject = 0;
    int exact = 0;
    for (int sample = 0; sample < 200; sample++) {
      PairSet comparisons = Populations.impostors(12, 6, random);
      ErrorRate rate = measurement(comparisons, 200, random).falseMatches(threshold);
      bySubject += rate.bySubject().contains(0.05) ? 1 : 0;
      exact += rate.exact().contains(0.05) ? 1 : 0;
    }
    assertThat(bySubject).isGreaterThanOrEqualTo(180);
    assertThat(exact).isLessThanOrEqualTo(140);
  }

  @Example
  void the_interval_of_the_calibrated_similarity_covers_the_truth() {
    RandomGenerator random = Populations.random(4);
    double truth = Populations.TRUTH.similarity(1e-4);
    long covered =
        IntStream.range(0, 200)
            .filter(
                sample ->
                    measurement(Populations.impostors(12, 6, random), 200, random)
                        .tailInterval(tail -> tail.similarity(1e-4))
                        .contains(truth))
            .count();
    assertThat(covered).isGreaterThanOrEqualTo(175);
  }

  @Example
  void a_stranger_at_the_threshold_passes_and_a_mate_below_it_fails() {
    PairSet comparisons =
        new PairSet(
            List.of("a", "b"),
            List.of(new PairGroup(0, 0, new double[] {0.5, 0.4, 0.3})),
            List.of(new PairGroup(0, 1, new double[] {0.4, 0.1, -0.2, 0.39})));
    Measurement measurement = measurement(comparisons, 50, Populations.random(5));
    assertThat(measurement.falseMatches(0.4).rate()).isCloseTo(0.25, within(1e-12));
    assertThat(measurement.falseNonMatches(0.4).rate()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Property
  void counting_by_halving_is_counting(
      @ForAll @Size(min = 1, max = 40) double @DoubleRange(min = -1, max = 1) [] similarities,
      @ForAll @DoubleRange(min = -1, max = 1) double threshold) {
    PairGroup group = new PairGroup(0, 1, similarities);
    for (double at : new double[] {threshold, similarities[0]}) {
      assertThat(group.atLeast(at))
          .isEqualTo((int) Arrays.stream(similarities).filter(s -> s >= at).count());
    }
  }

  private static Measurement measurement(
      PairSet comparisons, int replicates, RandomGenerator random) {
    List<Integer> all = IntStream.range(0, comparisons.people().size()).boxed().toList();
    return new Measurement(
        comparisons, new SubjectBootstrap(comparisons.people().size(), all, replicates, random));
  }
}
