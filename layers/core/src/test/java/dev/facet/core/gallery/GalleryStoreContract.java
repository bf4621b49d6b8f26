package dev.facet.core.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.Erasure;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageKey;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link GalleryStore} and {@link ErasureStore} has to do. */
public abstract class GalleryStoreContract {

  private static final PersonId GUID = new PersonId("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q");

  private final SettableClock clock = new SettableClock();
  private final ApplicationId application = new ApplicationId(UUID.randomUUID());
  private final GalleryId gallery = GalleryId.ofImages(application, "fake-512");

  /** The notes of templates to erase of the same store. */
  protected abstract LogErasureStore logErasures(SettableClock clock);

  private Instant deadline() {
    return clock.instant().plusSeconds(60);
  }

  private final Instant today = Instant.now();

  /** The store under test; tests of one store may share what it keeps. */
  protected abstract GalleryStore store(SettableClock clock);

  /** The erasures of the same store. */
  protected abstract ErasureStore erasures(SettableClock clock);

  @Test
  void a_gallery_never_written_has_no_head_and_an_empty_log() {
    assertThat(store().head(gallery, deadline())).isEqualTo(GalleryHead.NONE);
    assertThat(store().log(gallery, 1, deadline()))
        .isEqualTo(new LogPage(List.of(), GalleryHead.NONE));
    assertThat(store().subject(gallery, new SubjectId("a/../b\u0000ü"), deadline())).isEmpty();
  }

  @Test
  void a_commit_is_read_back_bit_by_bit() {
    Subject ann = subject("ann", 3);
    LogEntry.Stamp stamp = new LogEntry.Stamp(today, UUID.randomUUID().toString(), "");
    assertThat(commit(LogPosition.START, stamp, write("op-1", new Write.Store(ann))))
        .isEqualTo(new CommitOutcome.Committed());

    assertThat(store().subject(gallery, ann.id(), deadline())).contains(ann.storedAt(1));
    assertThat(store().operation(application, new OperationId("op-1"), deadline()))
        .contains(operation("op-1"));
    LogPage page = store().log(gallery, 1, deadline());
    assertThat(page.entries())
        .containsExactly(
            new LogEntry(1, List.of(new LogChange.Put(ann.id(), ann.templates())), stamp));
    assertThat(page.head())
        .isEqualTo(
            new GalleryHead(
                new LogPosition("epoch", 1),
                1,
                7,
                Map.of("face", 512),
                null,
                stamp.token(),
                page.entries().getFirst().bytes()));
  }

  @Test
  void every_field_of_a_subject_is_kept() {
    Subject node =
        new Subject(
            new SubjectId("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q"),
            List.of(Template.normalised("a", new float[] {3, 4}), FakeFaces.template("b", "")),
            "FACE3_3",
            null,
            null,
            GUID,
            "caller's own name, ü€😀",
            today,
            today.plusMillis(5));
    Subject image =
        new Subject(
            new SubjectId("necidguid-1"),
            List.of(FakeFaces.template("b", "")),
            "bundle",
            0.123456789,
            imageKey("necidguid-1"),
            null,
            null,
            today,
            today);
    commit(LogPosition.START, write("op", new Write.Store(node), new Write.Store(image)));

    assertThat(store().subject(gallery, node.id(), deadline())).contains(node.storedAt(1));
    assertThat(store().subject(gallery, image.id(), deadline())).contains(image.storedAt(1));
  }

  @Test
  void a_removed_subject_is_gone_and_the_log_says_so() {
    Subject ann = subject("ann", 1);
    commit(LogPosition.START, write("op-1", new Write.Store(ann)));
    commit(new LogPosition("epoch", 1), write("op-2", new Write.Drop(ann.storedAt(1))));

    assertThat(store().subject(gallery, ann.id(), deadline())).isEmpty();
    assertThat(store().log(gallery, 2, deadline()).entries())
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.changes()).containsExactly(new LogChange.Remove(ann.id())));
  }

  /** A read of the log is not isolated from a commit, so a plan may have read an older record. */
  @Test
  void a_record_other_than_the_plan_read_is_not_replaced_or_removed() {
    Subject first = subject("ann", 1);
    Subject second = subject("ann", 2).updatedAt(first.updated().plusSeconds(1));
    commit(LogPosition.START, write("op-1", new Write.Store(first)));
    LogPosition once = new LogPosition("epoch", 1);
    for (Write.Effect stale :
        List.of(
            new Write.Store(second),
            new Write.Store(second, first),
            new Write.Store(second, first.storedAt(2)),
            new Write.Drop(first),
            new Write.Drop(first.storedAt(2)),
            new Write.Drop(subject("unknown", 1).storedAt(1)))) {
      assertThat(commit(once, write("op-2", stale))).isEqualTo(new CommitOutcome.HeadMoved());
    }
    assertThat(store().subject(gallery, first.id(), deadline())).contains(first.storedAt(1));

    assertThat(commit(once, write("op-2", new Write.Store(second, first.storedAt(1)))))
        .isEqualTo(new CommitOutcome.Committed());
    assertThat(store().subject(gallery, first.id(), deadline())).contains(second.storedAt(2));
    assertThat(
            commit(new LogPosition("epoch", 2), write("op-3", new Write.Drop(second.storedAt(2)))))
        .isEqualTo(new CommitOutcome.Committed());
    assertThat(store().subject(gallery, first.id(), deadline())).isEmpty();
  }

  @Test
  void a_commit_at_another_position_than_the_heads_writes_nothing() {
    commit(LogPosition.START, write("op-1", new Write.Store(subject("ann", 1))));
    Subject bob = subject("bob", 1);
    for (LogPosition stale :
        List.of(
            LogPosition.START,
            new LogPosition("epoch", 0),
            new LogPosition("epoch", 2),
            new LogPosition("another", 1))) {
      assertThat(commit(stale, write("op-2", new Write.Store(bob))))
          .isEqualTo(new CommitOutcome.HeadMoved());
    }
    assertThat(store().subject(gallery, bob.id(), deadline())).isEmpty();
    assertThat(store().operation(application, new OperationId("op-2"), deadline())).isEmpty();
    assertThat(store().log(gallery, 1, deadline()).entries()).hasSize(1);
  }

  @Test
  void an_operation_is_done_once_wherever_the_head_is() {
    commit(LogPosition.START, write("op-1", new Write.Store(subject("ann", 1))));
    for (LogPosition position : List.of(LogPosition.START, new LogPosition("epoch", 1))) {
      assertThat(
              commit(
                  position,
                  write("op-1", new Write.Store(subject("eve", 1))),
                  write("op-2", new Write.Store(subject("bob", 1)))))
          .isEqualTo(
              new CommitOutcome.OperationsDone(Map.of(new OperationId("op-1"), operation("op-1"))));
    }
    assertThat(store().operation(application, new OperationId("op-2"), deadline())).isEmpty();
  }

  @Test
  void operations_of_applications_are_apart() {
    commit(LogPosition.START, write("op-1", new Write.Store(subject("ann", 1))));
    ApplicationId other = new ApplicationId(UUID.randomUUID());
    assertThat(store().operation(other, new OperationId("op-1"), deadline())).isEmpty();
  }

  @Test
  void an_expired_operation_counts_as_absent() {
    commit(LogPosition.START, write("op-1", new Write.Store(subject("ann", 1))));
    clock.advance(Duration.ofHours(25));
    assertThat(store().operation(application, new OperationId("op-1"), deadline())).isEmpty();
    assertThat(
            commit(new LogPosition("epoch", 1), write("op-1", new Write.Store(subject("bob", 1)))))
        .isEqualTo(new CommitOutcome.Committed());
  }

  @Test
  void an_operation_is_recorded_once_without_a_commit() {
    Operation first = operation("op-1");
    Operation second = new Operation(first.id(), "other", "{}", first.expires());
    assertThat(store().record(application, first, deadline())).isEmpty();
    assertThat(store().record(application, second, deadline())).contains(first);
    assertThat(store().operation(application, first.id(), deadline())).contains(first);
    assertThat(store().head(gallery, deadline())).isEqualTo(GalleryHead.NONE);
    assertThat(commit(LogPosition.START, write("op-1", new Write.Store(subject("ann", 1)))))
        .isEqualTo(new CommitOutcome.OperationsDone(Map.of(first.id(), first)));

    clock.advance(Duration.ofHours(25));
    assertThat(store().record(application, second, deadline())).isEmpty();
  }

  @Test
  void a_write_may_leave_subjects_alone() {
    assertThat(commit(LogPosition.START, write("op-1"))).isEqualTo(new CommitOutcome.Committed());
    assertThat(store().log(gallery, 1, deadline()).entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.changes()).isEmpty());
  }

  @Test
  void thirty_two_writes_share_a_commit() {
    Write[] writes =
        IntStream.range(0, 32)
            .mapToObj(i -> write("op-" + i, new Write.Store(subject("person-" + i, 1))))
            .toArray(Write[]::new);
    assertThat(commit(LogPosition.START, writes)).isEqualTo(new CommitOutcome.Committed());
    assertThat(store().log(gallery, 1, deadline()).entries().getFirst().changes()).hasSize(32);
  }

  @Test
  void a_long_log_is_read_in_pages() {
    LogPosition position = LogPosition.START;
    for (int i = 1; i <= 12; i++) {
      commit(position, write("op-" + i, new Write.Store(subject("person-" + i, 64))));
      position = new LogPosition("epoch", i);
    }
    long next = 1;
    LogPage page;
    do {
      page = store().log(gallery, next, deadline());
      for (LogEntry entry : page.entries()) {
        assertThat(entry.seq()).isEqualTo(next);
        next++;
      }
    } while (page.head() == null);
    assertThat(next).isEqualTo(13);
    assertThat(page.head().position().seq()).isEqualTo(12);
  }

  @Test
  void of_racing_commits_at_one_position_exactly_one_is_done() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<CommitOutcome>> racers =
          IntStream.range(0, 8)
              .<Callable<CommitOutcome>>mapToObj(
                  i ->
                      () ->
                          commit(
                              LogPosition.START,
                              write("op-" + i, new Write.Store(subject("person-" + i, 1)))))
              .toList();
      List<CommitOutcome> outcomes =
          threads.invokeAll(racers).stream().map(f -> f.resultNow()).toList();
      assertThat(outcomes)
          .containsOnlyOnce(new CommitOutcome.Committed())
          .containsOnly(new CommitOutcome.Committed(), new CommitOutcome.HeadMoved());
    }
    assertThat(store().log(gallery, 1, deadline()).entries()).hasSize(1);
  }

  @Test
  void an_erasure_is_due_until_it_is_removed() {
    Instant now = clock.instant();
    Erasure due = new Erasure(imageKey("id-1"), now.minusSeconds(2));
    Erasure later = new Erasure(imageKey("id-2"), now.plusSeconds(60));
    erasures(clock).add(due, deadline());
    erasures(clock).add(later, deadline());
    assertThat(erasures(clock).due(now, 1000)).contains(due).doesNotContain(later);

    erasures(clock).remove(due, deadline());
    erasures(clock).remove(due, deadline());
    assertThat(erasures(clock).due(now, 1000)).doesNotContain(due);
  }

  @Test
  void a_commit_withdraws_and_notes_erasures() {
    Erasure upload = new Erasure(imageKey("ann"), today);
    Erasure replaced = new Erasure(imageKey("ann"), today);
    erasures(clock).add(upload, deadline());
    commit(
        LogPosition.START,
        new Write(
            operation("op-1"),
            List.of(new Write.Store(subject("ann", 1))),
            List.of(new Write.Keep(upload), new Write.Erase(replaced))));
    assertThat(erasures(clock).due(today.plusSeconds(1), 1000))
        .contains(replaced)
        .doesNotContain(upload);
  }

  @Test
  void an_image_whose_note_is_gone_is_not_referred_to() {
    Write late =
        new Write(
            operation("op-1"),
            List.of(new Write.Store(subject("ann", 1))),
            List.of(new Write.Keep(new Erasure(imageKey("ann"), today))));
    assertThat(commit(LogPosition.START, late))
        .isEqualTo(new CommitOutcome.ConditionFailed(Set.of(new OperationId("op-1"))));
    assertThat(store().head(gallery, deadline())).isEqualTo(GalleryHead.NONE);
  }

  @Test
  void an_identifier_is_bound_once_and_changes_revision_by_revision() {
    Identifier first = identifier(1, Map.of("node/FACE3_1", new SubjectId("puid-1")));
    Identifier second =
        identifier(
            2,
            Map.of(
                "node/FACE3_1", new SubjectId("puid-1"), "node/FACE3_3", new SubjectId("puid-2")));
    assertThat(commit(LogPosition.START, binding("op-1", first)))
        .isEqualTo(new CommitOutcome.Committed());
    assertThat(commit(new LogPosition("epoch", 1), binding("op-2", first)))
        .isEqualTo(new CommitOutcome.ConditionFailed(Set.of(new OperationId("op-2"))));
    assertThat(commit(new LogPosition("epoch", 1), binding("op-2", second)))
        .isEqualTo(new CommitOutcome.Committed());
    assertThat(store().identifier(application, "ann@example", deadline())).contains(second);

    assertThat(commit(new LogPosition("epoch", 2), binding("op-3", identifier(3, Map.of()))))
        .isEqualTo(new CommitOutcome.Committed());
    assertThat(store().identifier(application, "ann@example", deadline())).isEmpty();
  }

  /** The revision before is stored, but of a life after the one that the writer read. */
  @Test
  void an_identifier_made_anew_is_not_taken_for_the_one_before() {
    Map<String, SubjectId> subjects = Map.of("node/FACE3_1", new SubjectId("puid-1"));
    commit(LogPosition.START, binding("op-1", identifier(1, subjects)));
    PersonId anotherGuid = new PersonId("00000000-fv76-YqIE-w7fA-UrAt0FcVyY2q");
    Identifier ofAnotherLife = new Identifier(application, "ann@example", anotherGuid, subjects, 2);

    assertThat(commit(new LogPosition("epoch", 1), binding("op-2", ofAnotherLife)))
        .isEqualTo(new CommitOutcome.ConditionFailed(Set.of(new OperationId("op-2"))));
  }

  @Test
  void templates_are_erased_from_an_entry_that_keeps_its_place() {
    Subject ann = subject("ann", 2);
    Subject bob = subject("bob", 1);
    Subject cid = subject("cid", 1);
    LogEntry.Stamp stamp = new LogEntry.Stamp(today, UUID.randomUUID().toString(), "");
    commit(
        LogPosition.START,
        stamp,
        write("op-1", new Write.Store(ann), new Write.Store(bob), new Write.Store(cid)));
    LogEntry whole = store().log(gallery, 1, deadline()).entries().getFirst();
    long bytes = store().head(gallery, deadline()).bytes();
    LogErasureStore logs = logErasures(clock);

    LogErasureStore.Erased erased =
        logs.erase(gallery, 1, Set.of(ann.id(), cid.id(), new SubjectId("unknown")));

    LogEntry left = store().log(gallery, 1, deadline()).entries().getFirst();
    assertThat(left)
        .isEqualTo(new LogEntry(1, List.of(new LogChange.Put(bob.id(), bob.templates())), stamp));
    assertThat(erased).isEqualTo(new LogErasureStore.Erased(2, whole.bytes() - left.bytes()));
    assertThat(logs.erase(gallery, 1, Set.of(ann.id()))).isEqualTo(LogErasureStore.Erased.NOTHING);
    assertThat(logs.erase(gallery, 9, Set.of(ann.id()))).isEqualTo(LogErasureStore.Erased.NOTHING);
    logs.shorten(gallery, erased.bytes());
    assertThat(store().head(gallery, deadline()).bytes()).isEqualTo(bytes - erased.bytes());
  }

  @Test
  void all_templates_of_an_entry_are_erased() {
    List<Subject> subjects =
        IntStream.range(0, 90).mapToObj(i -> subject("person-" + i, 1)).toList();
    commit(
        LogPosition.START,
        write("op", subjects.stream().map(Write.Store::new).toArray(Write.Effect[]::new)));
    Set<SubjectId> all = subjects.stream().map(Subject::id).collect(Collectors.toSet());
    Subject kept = subjects.get(40);
    all.remove(kept.id());

    assertThat(logErasures(clock).erase(gallery, 1, all).changes()).isEqualTo(89);
    assertThat(store().log(gallery, 1, deadline()).entries().getFirst().changes())
        .containsExactly(new LogChange.Put(kept.id(), kept.templates()));
  }

  @Test
  void a_commit_notes_the_templates_that_it_ends() {
    Subject ann = subject("ann", 1);
    Subject bob = subject("bob", 1);
    commit(LogPosition.START, write("op-1", new Write.Store(ann), new Write.Store(bob)));
    assertThat(notes()).isEmpty();

    commit(
        new LogPosition("epoch", 1),
        write("op-2", new Write.Drop(ann.storedAt(1)), new Write.Store(bob, bob.storedAt(1))));

    LogErasure note =
        new LogErasure(
            gallery,
            2,
            List.of(new LogErasure.Ended(ann.id(), 1), new LogErasure.Ended(bob.id(), 1)),
            false,
            today);
    assertThat(notes()).containsExactly(note);
    logErasures(clock).remove(note);
    assertThat(notes()).isEmpty();
    LogErasure later = new LogErasure(gallery, 2, List.of(), true, today.plusSeconds(60));
    logErasures(clock).add(later);
    assertThat(notes()).isEmpty();
    assertThat(notes(today.plusSeconds(61))).containsExactly(later);
    logErasures(clock).remove(later);
  }

  private List<LogErasure> notes() {
    return notes(today.plusSeconds(1));
  }

  private List<LogErasure> notes(Instant now) {
    return logErasures(clock).pending(now, 1000).stream()
        .filter(note -> note.gallery().equals(gallery))
        .toList();
  }

  @Test
  void history_is_the_log() {
    commit(LogPosition.START, write("op-1", new Write.Store(subject("ann", 1))));
    assertThat(store().history(gallery, 1, deadline()).entries())
        .isEqualTo(store().log(gallery, 1, deadline()).entries());
  }

  private Write binding(String operation, Identifier identifier) {
    return new Write(operation(operation), List.of(), List.of(new Write.Bind(identifier)));
  }

  private Identifier identifier(long revision, Map<String, SubjectId> subjects) {
    return new Identifier(application, "ann@example", GUID, subjects, revision);
  }

  private GalleryStore store() {
    return store(clock);
  }

  private CommitOutcome commit(LogPosition expected, Write... writes) {
    String token = UUID.randomUUID().toString();
    return commit(expected, new LogEntry.Stamp(today, token, "before"), writes);
  }

  private CommitOutcome commit(LogPosition expected, LogEntry.Stamp stamp, Write... writes) {
    return store()
        .commit(
            new Commit(gallery, expected, "epoch", 7, Map.of("face", 512), List.of(writes), stamp),
            deadline());
  }

  private Write write(String operation, Write.Effect... effects) {
    return new Write(operation(operation), List.of(effects), List.of());
  }

  private Operation operation(String id) {
    return new Operation(
        new OperationId(id), "digest of " + id, "{\"a\":1}", today.plus(Duration.ofHours(24)));
  }

  private Subject subject(String name, int templates) {
    return new Subject(
        new SubjectId(name),
        IntStream.range(0, templates)
            .mapToObj(shot -> FakeFaces.template(name, "" + shot))
            .toList(),
        "fake-512",
        null,
        null,
        null,
        null,
        today,
        today);
  }

  private ImageKey imageKey(String subject) {
    String version = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    return new ImageKey(application, new SubjectId(subject), version);
  }
}
