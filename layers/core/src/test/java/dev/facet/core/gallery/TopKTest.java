package dev.facet.core.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.subjects.SubjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The best matches of many offers. */
final class TopKTest {

  @Property(tries = 200)
  void the_best_template_of_the_best_subjects_is_kept(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int limit,
      @ForAll @IntRange(min = 1, max = 40) int subjects) {
    Random random = new Random(seed);
    TopK best = new TopK(0.2, limit);
    Map<SubjectId, Float> all = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      SubjectId subject = new SubjectId("subject-" + random.nextInt(subjects));
      float similarity = random.nextInt(11) / 10f;
      best.offer(subject, similarity);
      if (similarity >= 0.2) {
        all.merge(subject, similarity, Math::max);
      }
    }
    List<Match> expected =
        all.entrySet().stream()
            .map(entry -> new Match(entry.getKey(), entry.getValue()))
            .sorted(Match.BEST_FIRST)
            .limit(limit)
            .toList();
    assertThat(best.matches()).isEqualTo(expected);
  }

  /** With a search of the list for each offer this would take billions of comparisons. */
  @Test
  void a_hundred_thousand_matches_are_collected() {
    int count = 100_000;
    TopK best = new TopK(0, count);
    for (int i = 0; i < count; i++) {
      best.offer(new SubjectId("subject-" + i), i % 1000 / 1000f);
    }
    assertThat(best.matches()).hasSize(count).isSortedAccordingTo(Match.BEST_FIRST);
  }
}
