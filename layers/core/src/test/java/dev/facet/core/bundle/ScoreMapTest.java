package dev.facet.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.facet.core.bundle.ScoreMap.Knot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ScoreMapTest {

  @Property
  void a_greater_similarity_never_scores_less(
      @ForAll("maps") ScoreMap map,
      @ForAll @DoubleRange(min = -1, max = 1) double one,
      @ForAll @DoubleRange(min = -1, max = 1) double other) {
    assertThat(map.score(Math.max(one, other)))
        .isGreaterThanOrEqualTo(map.score(Math.min(one, other)));
  }

  @Property
  void the_ends_and_every_knot_are_met_exactly(@ForAll("maps") ScoreMap map) {
    assertThat(map.score(-1)).isZero();
    assertThat(map.score(1)).isEqualTo(9999);
    for (Knot knot : map.knots()) {
      assertThat(map.score(knot.similarity())).isEqualTo(knot.score());
    }
  }

  @Property
  void the_least_similarity_of_a_score_is_exactly_where_the_score_is_reached(
      @ForAll("maps") ScoreMap map, @ForAll @IntRange(min = 1, max = 9999) int score) {
    double least = map.minSimilarity(score);
    assertThat(map.score(least)).isGreaterThanOrEqualTo(score);
    assertThat(map.score(Math.nextDown(least))).isLessThan(score);
  }

  @Property
  void comparing_with_the_least_similarity_is_the_same_as_comparing_scores(
      @ForAll("maps") ScoreMap map,
      @ForAll @IntRange(min = 0, max = 9999) int threshold,
      @ForAll @DoubleRange(min = -1, max = 1) double similarity) {
    assertThat(similarity >= map.minSimilarity(threshold))
        .isEqualTo(map.score(similarity) >= threshold);
  }

  @Example
  void the_calibrated_similarity_scores7000() {
    ScoreMap map = ScoreMap.calibratedAt(0.4);
    assertThat(map.score(0.4)).isEqualTo(7000);
    assertThat(map.score(0.399)).isLessThan(7000);
    assertThat(map.minSimilarity(7000)).isCloseTo(0.4, within(3e-6));
  }

  @Example
  void rounding_in_a_dot_product_costs_a_template_nothing_against_itself() {
    ScoreMap map = ScoreMap.calibratedAt(0.4);
    assertThat(map.score(0.9999999)).isEqualTo(9999);
    assertThat(map.score(1.0000001)).isEqualTo(9999);
    assertThat(map.score(-1.0000001)).isZero();
  }

  @Example
  void what_does_not_increase_from_end_to_end_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScoreMap(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> ScoreMap.calibratedAt(1));
    assertThatIllegalArgumentException().isThrownBy(() -> ScoreMap.calibratedAt(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> ScoreMap.calibratedAt(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ScoreMap(List.of(new Knot(-1, 0), new Knot(0, 9999), new Knot(1, 9999))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScoreMap(List.of(new Knot(-0.5, 0), new Knot(1, 9999))));
  }

  @Example
  void what_is_no_similarity_and_what_is_no_score_is_refused() {
    ScoreMap map = ScoreMap.calibratedAt(0.4);
    assertThatIllegalArgumentException().isThrownBy(() -> map.score(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> map.minSimilarity(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> map.minSimilarity(10_000));
  }

  @Provide
  Arbitrary<ScoreMap> maps() {
    return Arbitraries.integers()
        .between(0, 6)
        .flatMap(
            between ->
                Arbitraries.doubles()
                    .between(-1, false, 1, false)
                    .set()
                    .ofSize(between)
                    .flatMap(
                        similarities ->
                            Arbitraries.integers()
                                .between(1, 9998)
                                .set()
                                .ofSize(between)
                                .map(
                                    scores ->
                                        map(
                                            similarities.stream().sorted().toList(),
                                            scores.stream().sorted().toList()))));
  }

  private static ScoreMap map(List<Double> similarities, List<Integer> scores) {
    List<Knot> knots = new ArrayList<>();
    knots.add(new Knot(-1, 0));
    Iterator<Integer> score = scores.iterator();
    similarities.forEach(similarity -> knots.add(new Knot(similarity, score.next())));
    knots.add(new Knot(1, 9999));
    return new ScoreMap(knots);
  }
}
