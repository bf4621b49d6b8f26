package dev.facet.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.cli.calibration.QualityTable.Row;
import dev.facet.cli.calibration.QualityTable.Verdict;
import dev.facet.core.gallery.Weighing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityTableTest {

  private static final double THRESHOLD = 0.6;

  private final DegradedFaces faces =
      new FaceSets(8, 4)
          .corner("upside down 180°")
          .harmless("dark × 0.2")
          .invisible("dark × 0.05")
          .corner("haze 60 %")
          .faces();

  private final QualityTable open = new QualityTable(faces, Weighing.NONE, THRESHOLD, _ -> true);

  private final QualityTable gated =
      new QualityTable(faces, Weighing.NONE, THRESHOLD, DegradedFaces.Face::measurable);

  @Test
  void without_a_gate_strangers_match_and_the_claims_fail() {
    Row row = row(open, "upside down 180°");
    // 8 people with 4 photos each: 28 pairs of people × 16 pairs of photos
    assertThat(row.falseMatches().comparisons()).isEqualTo(448);
    assertThat(row.falseMatches().rate()).isGreaterThan(0.9);
    assertThat(row.failureToEnrol().errors()).isZero();
    assertThat(open.mixed().rate()).isGreaterThan(0.01);
    assertThat(verdict(open, "FMR over all accepted photos").met()).isFalse();
    assertThat(verdict(open, "the same over held-out kinds").met()).isFalse();
    assertThat(verdict(open, "the same between photos").met()).isFalse();
  }

  @Test
  void with_a_gate_the_kind_is_refused_and_not_said_to_keep_the_claim() {
    Row row = row(gated, "upside down 180°");
    assertThat(row.failureToEnrol().errors()).isEqualTo(32);
    assertThat(row.failureToAcquire().errors()).isZero();
    assertThat(row.cells().get(3)).isEqualTo("refused or too few (0)");
    assertThat(verdict(gated, "FMR over all accepted photos").met()).isTrue();
    assertThat(verdict(gated, "the same over held-out kinds").met())
        .as("no held-out kind has any comparison left")
        .isFalse();
  }

  @Test
  void one_spoilt_side_is_compared_with_all_clean_photos_but_the_own_one() {
    Row row = row(open, "dark × 0.2");
    assertThat(row.falseMatchesOneSide().comparisons()).isEqualTo(2 * 448);
    // each of 32 photos with the three other photos of its person
    assertThat(row.falseNonMatchesOneSide().comparisons()).isEqualTo(32 * 3);
    assertThat(row.falseNonMatches().comparisons()).isEqualTo(8 * 6);
    assertThat(row.falseNonMatches().errors()).isZero();
  }

  @Test
  void photos_without_a_face_fail_to_be_acquired() {
    assertThat(row(open, "dark × 0.05").failureToAcquire().rate()).isEqualTo(1);
    assertThat(row(open, "dark × 0.05").falseMatches().comparisons()).isZero();
  }

  @Test
  void kinds_join_their_strengths_and_totals_join_kinds_by_purpose() {
    assertThat(open.kinds())
        .extracting(Row::name)
        .containsExactly("clean", "upside down", "dark", "haze");
    assertThat(open.kinds().get(2).failureToAcquire().rate()).isEqualTo(0.5);
    List<Row> totals = open.totals();
    assertThat(totals.get(0).falseMatches().comparisons())
        .isEqualTo(
            totals.get(1).falseMatches().comparisons()
                + totals.get(2).falseMatches().comparisons());
    assertThat(totals.get(2).falseMatches().comparisons()).isEqualTo(448);
  }

  @Test
  void weights_lower_the_similarity_of_weak_templates() {
    QualityTable weighed = new QualityTable(faces, new Weighing(12), THRESHOLD, _ -> true);
    assertThat(row(weighed, "upside down 180°").falseMatches().errors())
        .isLessThan(row(open, "upside down 180°").falseMatches().errors());
  }

  @Test
  void a_group_holds_only_comparisons_among_its_people() {
    List<Row> groups = open.groups(Map.of("person 0", "a", "person 1", "a", "person 2", "b"));
    assertThat(groups)
        .extracting(Row::name)
        .containsExactly("a, clean", "a, all photos", "b, clean", "b, all photos");
    assertThat(groups.getFirst().falseMatches().comparisons()).isEqualTo(16);
    assertThat(groups.get(2).falseMatches().comparisons()).isZero();
  }

  @Test
  void the_reliability_compares_quality_and_success() {
    assertThat(open.reliability(false))
        .anySatisfy(
            bin -> {
              assertThat(bin.quality()).isCloseTo(0.65, within(0.05));
              assertThat(bin.success()).isGreaterThan(0.9);
            })
        .anySatisfy(
            bin -> {
              assertThat(bin.quality()).isCloseTo(0.4, within(0.05));
              assertThat(bin.success()).isLessThan(0.3);
            });
  }

  private static Row row(QualityTable table, String name) {
    return table.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  private static Verdict verdict(QualityTable table, String claim) {
    return table.verdicts().stream()
        .filter(verdict -> verdict.claim().startsWith(claim))
        .findFirst()
        .orElseThrow();
  }
}
