package dev.facet.core.faces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.embeddings.Consensus;
import dev.facet.core.embeddings.MatchThresholds;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EmbeddingMatcher.Found;
import dev.facet.core.faces.EmbeddingMatcher.Hit;
import dev.facet.core.faces.EmbeddingMatcher.Probes;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.gallery.GalleryView;
import dev.facet.core.gallery.LogPosition;
import dev.facet.core.gallery.Match;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Weighing;
import dev.facet.core.subjects.SubjectId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How far a search is widened. Every subject is within reach, and some templates are excluded. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class EmbeddingMatcherTest {

  private static final ModelVersion VERSION = new ModelVersion("FACE3_1");
  private static final MatchingRules WIDE =
      new MatchingRules(new MatchThresholds(2, 2, new Consensus(0.8)), Map.of());

  private final EmbeddingMatcher matcher = new EmbeddingMatcher(WIDE);
  private final Plain view = new Plain();

  @Test
  void an_excluded_template_does_not_widen_the_search_to_all() {
    for (int i = 0; i < 100; i++) {
      view.enrol("stranger-" + i, face("stranger-" + i, 1));
    }
    view.enrol("ann", face("ann", 1), face("ann", 2), face("someone else", 1));

    Found found = matcher.nearest(view, probes(face("ann", 3)), 1);
    assertThat(found.hits()).extracting(hit -> hit.subject().value()).containsExactly("ann");
    assertThat(found.excluded()).isEqualTo(1);
    assertThat(view.limits).allMatch(limit -> limit < 10);
  }

  /** The nearest templates of twenty subjects are excluded ones. */
  @Test
  void excluded_templates_do_not_hide_a_match() {
    for (int i = 0; i < 20; i++) {
      String name = "stranger-" + i;
      view.enrol(name, face(name, 1), face(name, 2), face("ann", i));
    }
    view.enrol("ann", face("ann", 21));
    for (int i = 20; i < 100; i++) {
      view.enrol("stranger-" + i, face("stranger-" + i, 1));
    }

    assertThat(matcher.nearest(view, probes(face("ann", 5)), 1).hits())
        .extracting(hit -> hit.subject().value())
        .containsExactly("ann");
  }

  @Test
  void every_limit_yields_the_first_of_all() {
    for (int i = 0; i < 60; i++) {
      String name = "person-" + i;
      view.enrol(name, face(name, 1), face(name, 2), face("person-" + (i + 1), 3));
    }
    Probes probes = probes(face("person-7", 4), face("person-8", 4));
    List<Hit> all = matcher.nearest(view, probes, 60).hits();
    assertThat(all).hasSize(60).isSortedAccordingTo(Hit.NEAREST_FIRST);
    for (int limit : new int[] {1, 2, 5, 17}) {
      assertThat(matcher.nearest(view, probes, limit).hits()).isEqualTo(all.subList(0, limit));
    }
  }

  private static Template face(String person, int shot) {
    return FakeFaces.template(person, "" + shot);
  }

  private static Probes probes(Template... templates) {
    return new Probes(VERSION, List.of(templates), MatchThresholds::predict);
  }

  /** A view that compares one by one, and notes the limits of its searches. */
  private static final class Plain implements GalleryView {
    final Map<SubjectId, List<Template>> subjects = new LinkedHashMap<>();
    final List<Integer> limits = new ArrayList<>();

    void enrol(String name, Template... templates) {
      subjects.put(new SubjectId(name), List.of(templates));
    }

    @Override
    public List<Match> search(Template probe, Weighing weighing, double atLeast, int limit) {
      assertThat(weighing).as("no clients' embeddings are weighed").isEqualTo(Weighing.NONE);
      limits.add(limit);
      return subjects.keySet().stream()
          .map(subject -> new Match(subject, (float) similarity(subject, probe).orElseThrow()))
          .filter(match -> match.similarity() >= atLeast)
          .sorted(Match.BEST_FIRST)
          .limit(limit)
          .toList();
    }

    @Override
    public OptionalDouble similarity(SubjectId subject, Template probe, Weighing weighing) {
      return enrolled(subject).stream()
          .map(template -> dot(template.vector(), probe.vector()))
          .max(Comparator.naturalOrder())
          .map(OptionalDouble::of)
          .orElseGet(OptionalDouble::empty);
    }

    private static double dot(float[] a, float[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += (double) a[i] * b[i];
      }
      return sum;
    }

    @Override
    public List<Template> enrolled(SubjectId subject) {
      return subjects.getOrDefault(subject, List.of());
    }

    @Override
    public int templates(SubjectId subject) {
      return enrolled(subject).size();
    }

    @Override
    public long count() {
      return subjects.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public Map<String, Integer> dimensions() {
      return Map.of("face", 512);
    }

    @Override
    public LogPosition position() {
      return LogPosition.START;
    }

    @Override
    public long logBytes() {
      return 0;
    }

    @Override
    public Optional<Subject> planned(SubjectId subject) {
      return Optional.empty();
    }
  }
}
