package dev.facet.core.gallery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.VectorKernels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The gallery in memory against a naive model: a map, searched by plain loops. */
final class MemoryIndexTest {

  private static final String[] FACTORS = {"face", "iris"};
  private static final Weighing WEIGHING = new Weighing(10);

  /** What the gallery ought to be. */
  private static final class Model {
    final Map<SubjectId, List<Template>> subjects = new HashMap<>();
    final Set<SubjectId> excluded = new HashSet<>();

    void apply(LogChange change) {
      if (change.excluded()) {
        excluded.add(change.subject());
      } else {
        excluded.remove(change.subject());
      }
      if (change.templates().isEmpty()) {
        subjects.remove(change.subject());
      } else {
        subjects.put(change.subject(), change.templates());
      }
    }

    List<Match> search(Template probe, double atLeast, int limit) {
      return search(probe, 0, atLeast, limit);
    }

    /** Weighs where a norm of full weight is given. */
    List<Match> search(Template probe, float fullWeightNorm, double atLeast, int limit) {
      List<Match> all = new ArrayList<>();
      subjects.forEach(
          (subject, templates) ->
              templates.stream()
                  .filter(template -> !excluded.contains(subject))
                  .filter(template -> template.factor().equals(probe.factor()))
                  .map(template -> similarity(template, probe, fullWeightNorm))
                  .max(Float::compare)
                  .filter(best -> best >= atLeast)
                  .ifPresent(best -> all.add(new Match(subject, best))));
      return all.stream().sorted(Match.BEST_FIRST).limit(limit).toList();
    }

    private static float similarity(Template template, Template probe, float fullWeightNorm) {
      float cosine = ReferenceDotProduct.dot(template.vector(), probe.vector());
      return fullWeightNorm == 0
          ? cosine
          : cosine * Math.min(1f, Math.min(template.norm(), probe.norm()) / fullWeightNorm);
    }

    long count() {
      return subjects.values().stream().mapToLong(List::size).sum();
    }
  }

  @Property(tries = 60)
  void searches_are_exact_after_any_sequence_of_changes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int dimension,
      @ForAll @IntRange(min = 0, max = 300) int entries) {
    Random random = new Random(seed);
    Model model = new Model();
    MemoryIndex memory =
        new MemoryIndex(LogPosition.START, VectorKernels.fastest(), new RowMemory(1 << 30));
    for (int seq = 1; seq <= entries; seq++) {
      LogChange change = change(random, dimension);
      model.apply(change);
      memory.apply(new LogEntry(seq, List.of(change)));
    }
    IndexView view = memory.view();
    assertThat(view.count()).isEqualTo(model.count());
    for (int i = 0; i < 10; i++) {
      Template probe = template(random, dimension);
      double atLeast = random.nextDouble() * 2 - 1;
      int limit = 1 + random.nextInt(12);
      assertThat(view.search(probe, atLeast, limit)).isEqualTo(model.search(probe, atLeast, limit));
      assertThat(view.search(probe, WEIGHING, atLeast, limit))
          .isEqualTo(model.search(probe, WEIGHING.fullWeightNorm(), atLeast, limit));
    }
  }

  @Test
  void the_weaker_norm_decides_on_the_order() {
    MemoryIndex memory =
        new MemoryIndex(LogPosition.START, VectorKernels.fastest(), new RowMemory(1 << 30));
    memory.apply(
        new LogEntry(
            1,
            List.of(
                put("weak", new Template("face", new float[] {1, 0}, 5)),
                put("opposite", new Template("face", new float[] {-1, 0}, 5)),
                put("strong", new Template("face", new float[] {0.8f, 0.6f}, 20)),
                put("older", new Template("face", new float[] {0.6f, 0.8f})))));
    Template probe = new Template("face", new float[] {1, 0}, 12);
    assertThat(memory.view().search(probe, WEIGHING, -1, 10))
        .containsExactly(
            new Match(new SubjectId("strong"), 0.8f),
            new Match(new SubjectId("older"), 0.6f),
            new Match(new SubjectId("weak"), 0.5f),
            new Match(new SubjectId("opposite"), -0.5f));
    Template weakProbe = new Template("face", new float[] {1, 0}, 2.5f);
    assertThat(memory.view().search(weakProbe, WEIGHING, 0.2, 1))
        .containsExactly(new Match(new SubjectId("weak"), 0.25f));
    assertThat(memory.view().search(probe, -1, 1))
        .containsExactly(new Match(new SubjectId("weak"), 1));
  }

  @Test
  void a_compaction_keeps_norms() {
    MemoryIndex memory =
        new MemoryIndex(LogPosition.START, VectorKernels.fastest(), new RowMemory(1 << 30));
    Template measured = Template.measured("face", new float[] {3, 4});
    memory.apply(new LogEntry(1, List.of(put("stays", measured))));
    for (int seq = 2; seq <= 3000; seq++) {
      memory.apply(new LogEntry(seq, List.of(put("changes", measured))));
    }
    assertThat(memory.view().enrolled(new SubjectId("stays"))).containsExactly(measured);
    assertThat(memory.view().logBytes()).isPositive();
  }

  @Test
  void an_excluded_subject_counts_and_is_readable_but_matches_nothing() {
    MemoryIndex memory =
        new MemoryIndex(LogPosition.START, VectorKernels.fastest(), new RowMemory(1 << 30));
    SubjectId ann = new SubjectId("ann");
    Template template = Template.measured("face", new float[] {3, 4});
    memory.apply(new LogEntry(1, List.of(new LogChange.Put(ann, List.of(template), true))));
    IndexView excluded = memory.view();
    memory.apply(new LogEntry(2, List.of(put("ann", template))));
    IndexView included = memory.view();

    assertThat(excluded.search(template, -1, 5)).isEmpty();
    assertThat(excluded.count()).isEqualTo(1);
    assertThat(excluded.dimensions()).containsEntry("face", 2);
    assertThat(included.search(template, -1, 5)).containsExactly(new Match(ann, 1));
    assertThat(included.enrolled(ann)).containsExactly(template);

    memory.apply(new LogEntry(3, List.of(new LogChange.Put(ann, List.of(template), true))));
    assertThat(memory.view().similarity(ann, template)).isEmpty();
    assertThat(memory.view().enrolled(ann)).containsExactly(template);
    memory.apply(new LogEntry(4, List.of(new LogChange.Remove(ann))));
    assertThat(memory.view().count()).isZero();
    assertThat(memory.view().dimensions()).isEmpty();
  }

  private static LogChange put(String subject, Template template) {
    return new LogChange.Put(new SubjectId(subject), List.of(template));
  }

  @Property(tries = 20)
  void a_view_stays_as_it_was_whatever_comes_after(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int entries) {
    Random random = new Random(seed);
    Model model = new Model();
    MemoryIndex memory =
        new MemoryIndex(LogPosition.START, VectorKernels.fastest(), new RowMemory(1 << 30));
    List<IndexView> views = new ArrayList<>();
    List<List<Match>> expected = new ArrayList<>();
    Template probe = template(random, 8);
    for (int seq = 1; seq <= entries; seq++) {
      LogChange change = change(random, 8);
      model.apply(change);
      memory.apply(new LogEntry(seq, List.of(change)));
      views.add(memory.view());
      expected.add(model.search(probe, -2, 5));
    }
    for (int i = 0; i < views.size(); i++) {
      assertThat(views.get(i).search(probe, -2, 5)).isEqualTo(expected.get(i));
    }
  }

  @Test
  void equally_similar_subjects_come_by_their_ids() {
    MemoryIndex memory =
        new MemoryIndex(LogPosition.START, VectorKernels.fastest(), new RowMemory(1 << 30));
    Template template = template(new Random(1), 16);
    List<String> ids = List.of("d", "a", "c", "b", "e");
    List<LogChange> changes =
        ids.stream()
            .<LogChange>map(id -> new LogChange.Put(new SubjectId(id), List.of(template)))
            .toList();
    memory.apply(new LogEntry(1, changes));
    assertThat(memory.view().search(template, 0.5, 3))
        .extracting(match -> match.subject().value())
        .containsExactly("a", "b", "c");
  }

  @Test
  void what_a_search_finds_a_verification_confirms_to_the_last_bit() {
    Random random = new Random(2);
    MemoryIndex memory =
        new MemoryIndex(LogPosition.START, VectorKernels.fastest(), new RowMemory(1 << 30));
    for (int seq = 1; seq <= 50; seq++) {
      memory.apply(new LogEntry(seq, List.of(change(random, 100))));
    }
    Template probe = template(random, 100);
    for (Weighing weighing : List.of(Weighing.NONE, WEIGHING)) {
      for (Match match : memory.view().search(probe, weighing, -2, 100)) {
        assertThat(memory.view().similarity(match.subject(), probe, weighing).orElseThrow())
            .isEqualTo(match.similarity());
      }
    }
    assertThat(memory.view().similarity(new SubjectId("nobody"), probe)).isEmpty();
  }

  @Test
  void memory_of_what_was_removed_is_given_back() {
    Random random = new Random(3);
    MemoryIndex memory =
        new MemoryIndex(LogPosition.START, VectorKernels.fastest(), new RowMemory(1 << 30));
    for (int seq = 1; seq <= 20_000; seq++) {
      LogChange change =
          new LogChange.Put(new SubjectId("s" + seq % 10), List.of(template(random, 16)));
      memory.apply(new LogEntry(seq, List.of(change)));
    }
    assertThat(memory.view().count()).isEqualTo(10);
    assertThat(memory.view().bytes()).isLessThan(4_000_000);
  }

  /** The index has room for 2032 rows when the rest of the memory is taken. */
  @Test
  void a_compaction_without_room_waits_and_loses_nothing() {
    Random random = new Random(4);
    RowMemory rows = new RowMemory(1_000_000);
    MemoryIndex memory = new MemoryIndex(LogPosition.START, VectorKernels.fastest(), rows);
    replaceTen(memory, random, 1, 1010);
    List<MemorySegment> held = new ArrayList<>();
    held.add(rows.allocate(1_000_000 - RowStore.offHeapBytes(1010, 16), 64));
    replaceTen(memory, random, 1011, 2000);
    assertThat(requireNonNull(memory.view().factors().get("face")).inLast()).isGreaterThan(900);
    assertThat(memory.view().search(face(random), -2, 100)).hasSize(10);

    held.clear();
    replaceTen(memory, random, 2001, 2100);
    assertThat(requireNonNull(memory.view().factors().get("face")).inLast()).isLessThan(100);
    assertThat(memory.view().search(face(random), -2, 100)).hasSize(10);
  }

  private static void replaceTen(MemoryIndex memory, Random random, int first, int last) {
    for (int seq = first; seq <= last; seq++) {
      LogChange change = new LogChange.Put(new SubjectId("s" + seq % 10), List.of(face(random)));
      memory.apply(new LogEntry(seq, List.of(change)));
    }
  }

  private static Template face(Random random) {
    return Template.normalised("face", template(random, 16).vector());
  }

  private static LogChange change(Random random, int dimension) {
    SubjectId subject = new SubjectId("s" + random.nextInt(60));
    if (random.nextInt(4) == 0) {
      return new LogChange.Remove(subject);
    }
    return new LogChange.Put(
        subject,
        IntStream.rangeClosed(0, random.nextInt(3))
            .mapToObj(i -> template(random, dimension))
            .toList(),
        random.nextInt(4) == 0);
  }

  /** Of few different values, so that ties occur. */
  private static Template template(Random random, int dimension) {
    float[] vector = new float[dimension];
    vector[random.nextInt(dimension)] = 1;
    for (int i = 0; i < dimension; i++) {
      vector[i] += random.nextInt(3);
    }
    String factor = FACTORS[random.nextInt(4) / 3];
    if (random.nextInt(4) == 0) {
      return Template.normalised(factor, vector);
    }
    Template measured = Template.measured(factor, vector);
    return new Template(factor, measured.vector(), 4 + random.nextInt(12));
  }
}
