package dev.facet.core.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a gallery follows its log, and how writes share commits. */
@Timeout(60)
final class GalleryReplicaTest {

  private final SettableClock clock = new SettableClock();
  private final GalleryId id = GalleryId.ofImages(new ApplicationId(UUID.randomUUID()), "fake-512");
  private final ScriptedStore store = new ScriptedStore(new InMemoryGalleryStore(clock));

  @Test
  void galleries_without_anything_in_them_are_forgotten_too() {
    Galleries galleries =
        new Galleries(store, GalleryLimits.unlimited(1 << 20), clock, new SecureRandom());
    Gallery first = galleries.open(version(0));
    assertThat(galleries.open(version(0))).isSameAs(first);
    for (int i = 1; i <= 100; i++) {
      galleries.open(version(i));
    }
    assertThat(galleries.open(version(0))).isNotSameAs(first);
  }

  private GalleryId version(int number) {
    return GalleryId.ofEmbeddings(id.application(), "FACE3_" + number);
  }

  @Test
  void a_gap_in_the_log_is_read_again() {
    enrol(open(), "ann", "bob", "cid");
    store.pages.add(page -> new LogPage(without(page, 2), page.head()));
    store.pages.add(page -> new LogPage(without(page, 3), page.head()));
    assertThat(found(open())).containsExactly("ann", "bob", "cid");
  }

  @Test
  void a_gap_before_the_head_is_reached_is_read_again() {
    enrol(open(), "ann", "bob", "cid");
    store.pages.add(page -> new LogPage(without(page, 2), null));
    assertThat(found(open())).containsExactly("ann", "bob", "cid");
  }

  private static List<LogEntry> without(LogPage page, long seq) {
    return page.entries().stream().filter(entry -> entry.seq() != seq).toList();
  }

  @Test
  void a_head_behind_its_entries_is_read_again() {
    Gallery gallery = open();
    enrol(gallery, "ann");
    GalleryHead old = store.kept.head(id, deadline());
    enrol(gallery, "bob");
    store.pages.add(page -> new LogPage(page.entries(), old));
    Gallery fresh = open();
    assertThat(found(fresh)).containsExactly("ann", "bob");
    assertThat(fresh.current(deadline()).position().seq()).isEqualTo(2);
  }

  @Test
  void another_epoch_has_the_gallery_built_anew() {
    Gallery gallery = open();
    enrol(gallery, "ann", "bob");
    InMemoryGalleryStore restored = new InMemoryGalleryStore(clock);
    store.kept = restored;
    enrol(open(), "cid", "dan", "eve");
    assertThat(found(gallery)).containsExactly("cid", "dan", "eve");
  }

  @Test
  void a_gallery_that_vanished_is_empty() {
    Gallery gallery = open();
    enrol(gallery, "ann");
    store.kept = new InMemoryGalleryStore(clock);
    assertThat(found(gallery)).isEmpty();
  }

  @Test
  void dropped_entries_that_were_seen_do_not_matter() {
    Gallery gallery = open();
    enrol(gallery, "ann", "bob");
    store.pages.add(page -> new LogPage(page.entries(), withFloor(page, 3)));
    assertThat(found(gallery)).containsExactly("ann", "bob");
  }

  @Test
  void dropped_entries_that_were_not_seen_have_the_gallery_built_anew() {
    Gallery gallery = open();
    enrol(gallery, "ann");
    enrol(open(), "bob", "cid");
    store.readFrom.clear();
    store.pages.add(page -> new LogPage(without(page, 2), withFloor(page, 3)));
    assertThat(found(gallery)).containsExactly("ann", "bob", "cid");
    assertThat(store.readFrom).startsWith(1L, 1L);
  }

  private static GalleryHead withFloor(LogPage page, long floor) {
    GalleryHead head = page.head();
    return head == null
        ? GalleryHead.NONE
        : new GalleryHead(head.position(), floor, head.count(), head.dimensions(), null);
  }

  @Test
  void an_entry_of_another_dimension_is_damage() {
    enrol(open(), "ann");
    LogEntry odd =
        new LogEntry(
            1,
            List.of(
                new LogChange.Put(
                    new SubjectId("odd"),
                    List.of(
                        Template.normalised("face", new float[] {1, 2}),
                        Template.normalised("face", new float[] {1, 2, 3})))));
    always(page -> new LogPage(List.of(odd), page.head()));
    assertThatThrownBy(() -> found(open())).isInstanceOf(InternalFault.class);
  }

  @Test
  void a_hole_in_the_log_is_damage_after_a_second() {
    enrol(open(), "ann", "bob", "cid");
    always(page -> new LogPage(without(page, 2), page.head()));
    assertDamaged(open(), "entry 2 is missing");
  }

  @Test
  void a_missing_last_entry_is_damage_after_a_second() {
    enrol(open(), "ann", "bob", "cid");
    always(page -> new LogPage(without(page, 3), page.head()));
    assertDamaged(open(), "entry 3 is missing");
  }

  /** A backup that is not consistent across items: no commit can ever succeed. */
  @Test
  void an_entry_beyond_the_head_is_damage_after_a_second() {
    Gallery gallery = open();
    enrol(gallery, "ann");
    GalleryHead old = store.kept.head(id, deadline());
    enrol(gallery, "bob");
    always(page -> new LogPage(page.entries(), page.head() == null ? null : old));
    assertDamaged(open(), "entry 2 is beyond the head, which is at 1");
    assertDamaged(gallery, "entry 2 is beyond the head, which is at 1");
  }

  private void assertDamaged(Gallery gallery, String reason) {
    store.beforeLog = () -> clock.advance(Duration.ofMillis(100));
    store.logReads.set(0);
    assertThatThrownBy(() -> gallery.current(deadline()))
        .isInstanceOfSatisfying(
            InternalFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(InternalFault.Kind.DAMAGED_LOG))
        .hasMessageContaining(reason);
    assertThat(store.logReads.get()).isLessThan(20);
  }

  private void always(UnaryOperator<LogPage> script) {
    for (int i = 0; i < 1000; i++) {
      store.pages.add(script);
    }
  }

  /** As after a restore that keeps the epoch. */
  @Test
  void history_rewritten_in_the_same_epoch_has_the_gallery_built_anew() {
    Gallery gallery = open();
    enrol(gallery, "ann", "bob", "cid");
    InMemoryGalleryStore restored = new InMemoryGalleryStore(clock);
    String epoch = store.kept.head(id, deadline()).position().epoch();
    write(restored, LogPosition.START, epoch, "ann");
    store.kept = restored;
    assertThat(found(gallery)).as("ahead of the log").containsExactly("ann");

    enrol(open(), "dan", "eve");
    store.kept = new InMemoryGalleryStore(clock);
    for (String name : List.of("x1", "x2", "x3", "x4")) {
      write(store.kept, store.kept.head(id, deadline()).position(), epoch, name);
    }
    assertThat(found(gallery)).as("behind the log").containsExactly("x1", "x2", "x3", "x4");
  }

  private void write(InMemoryGalleryStore store, LogPosition position, String epoch, String name) {
    Write write =
        new Write(
            operation(),
            List.of(new Write.Store(subject(name, FakeFaces.template(name, "1")))),
            List.of());
    String before = store.head(id, deadline()).token();
    LogEntry.Stamp stamp =
        new LogEntry.Stamp(clock.instant(), UUID.randomUUID().toString(), before);
    store.commit(
        new Commit(id, position, epoch, 1, Map.of("face", 512), List.of(write), stamp), deadline());
  }

  @Test
  void an_entry_that_contradicts_the_memory_has_the_gallery_built_anew() {
    Gallery gallery = open();
    enrol(gallery, "ann");
    enrol(open(), "bob");
    Template odd = Template.normalised("face", new float[] {1, 2});
    LogChange change = new LogChange.Put(new SubjectId("odd"), List.of(odd));
    store.pages.add(
        page ->
            new LogPage(
                Stream.concat(
                        page.entries().stream().filter(entry -> entry.seq() < 2),
                        Stream.of(new LogEntry(2, List.of(change))))
                    .toList(),
                null));
    assertThat(found(gallery)).containsExactly("ann", "bob");
  }

  @Test
  void an_entry_that_does_not_follow_the_one_before_is_damage() {
    enrol(open(), "ann", "bob");
    always(
        page ->
            new LogPage(
                page.entries().stream()
                    .map(
                        entry ->
                            new LogEntry(
                                entry.seq(),
                                entry.changes(),
                                new LogEntry.Stamp(clock.instant(), "t" + entry.seq(), "another")))
                    .toList(),
                page.head()));
    assertThatThrownBy(() -> found(open()))
        .isInstanceOfSatisfying(
            InternalFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(InternalFault.Kind.DAMAGED_LOG));
  }

  @Test
  void entries_without_a_stamp_are_read() {
    enrol(open(), "ann", "bob");
    store.pages.add(
        page ->
            new LogPage(
                page.entries().stream()
                    .map(entry -> new LogEntry(entry.seq(), entry.changes()))
                    .toList(),
                null));
    assertThat(found(open())).containsExactly("ann", "bob");
  }

  @Test
  void history_is_read_without_consistency_and_the_end_with_it() {
    enrol(open(), names(120));
    store.logReads.set(0);
    store.historyReads.set(0);
    assertThat(open().current(deadline()).count()).isEqualTo(120);
    assertThat(store.historyReads.get()).isEqualTo(store.logReads.get() - 1);
  }

  @Test
  void history_that_lacks_an_entry_is_read_again_with_consistency() {
    enrol(open(), "ann", "bob", "cid");
    store.pages.add(page -> new LogPage(without(page, 2), GalleryHead.NONE));
    assertThat(found(open())).containsExactly("ann", "bob", "cid");
    store.pages.add(page -> new LogPage(List.of(), GalleryHead.NONE));
    assertThat(found(open())).containsExactly("ann", "bob", "cid");
  }

  @Test
  void a_log_that_is_too_long_is_not_loaded() {
    enrol(open(), "ann");
    GalleryLimits limits = new GalleryLimits(2, 1 << 20);
    store.heads.add(head -> withBytes(head, limits.maxLogBytes() + 1));
    assertThatThrownBy(() -> found(open(limits)))
        .isInstanceOfSatisfying(
            InternalFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(InternalFault.Kind.LOG_TOO_LONG))
        .hasMessageContaining("Raise maxTemplates");
    store.heads.add(head -> withBytes(head, limits.maxLogBytes()));
    assertThat(found(open(limits))).containsExactly("ann");
  }

  private static GalleryHead withBytes(GalleryHead head, long bytes) {
    return new GalleryHead(
        head.position(),
        head.floor(),
        head.count(),
        head.dimensions(),
        head.snapshot(),
        head.token(),
        bytes);
  }

  @Test
  void a_throttled_read_is_repeated_where_it_was() {
    enrol(open(), names(120));
    Gallery fresh = open();
    store.logReads.set(0);
    store.pages.add(page -> page);
    for (int i = 0; i < 3; i++) {
      store.pages.add(
          page -> {
            throw new TransientFault(TransientFault.Kind.THROTTLED, "throttled on purpose");
          });
    }
    assertThat(fresh.current(deadline()).count()).isEqualTo(120);
    assertThat(store.readFrom).endsWith(1L, 50L, 50L, 50L, 50L, 99L, 120L);
  }

  @Test
  void a_read_that_fails_until_the_deadline_is_a_timeout_with_its_cause() {
    enrol(open(), "ann");
    store.beforeLog =
        () -> {
          clock.advance(Duration.ofSeconds(10));
          throw new TransientFault(TransientFault.Kind.UNAVAILABLE, "unavailable on purpose");
        };
    store.logReads.set(0);
    assertThatThrownBy(() -> found(open()))
        .isInstanceOfSatisfying(
            TransientFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(TransientFault.Kind.TIMEOUT))
        .hasRootCauseMessage("unavailable on purpose");
    assertThat(store.logReads.get()).isGreaterThan(3);
  }

  @Test
  void a_gallery_that_is_half_loaded_counts_what_it_has_read() {
    enrol(open(), names(120));
    Gallery fresh = open();
    long before = fresh.bytes();
    store.beforeLog = () -> clock.advance(Duration.ofMinutes(2));
    assertThatThrownBy(() -> fresh.current(deadline())).isInstanceOf(TransientFault.class);
    assertThat(fresh.bytes()).isGreaterThan(before + 50 * 512 * Float.BYTES);
  }

  private static String[] names(int number) {
    return IntStream.range(0, number).mapToObj("person-%03d"::formatted).toArray(String[]::new);
  }

  @Test
  void a_load_that_passes_its_deadline_goes_on_where_it_stopped() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      names.add("person-%03d".formatted(i));
    }
    enrol(open(), names.toArray(String[]::new));
    Gallery fresh = open();
    store.logReads.set(0);
    store.beforeLog = () -> clock.advance(Duration.ofMinutes(2));
    assertThatThrownBy(() -> fresh.current(deadline()))
        .isInstanceOfSatisfying(
            TransientFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(TransientFault.Kind.TIMEOUT));
    store.beforeLog = () -> {};
    assertThat(fresh.current(deadline()).count()).isEqualTo(120);
    assertThat(store.logReads.get()).isEqualTo(4);
  }

  @Test
  void who_comes_while_the_tail_is_read_shares_the_next_read() throws Exception {
    Gallery gallery = open();
    enrol(gallery, "ann");
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    store.beforeLog =
        () -> {
          reading.countDown();
          await(proceed);
        };
    store.logReads.set(0);
    List<Thread> begun = new ArrayList<>();
    try (ExecutorService threads = threads(begun)) {
      List<Future<GalleryView>> views = new ArrayList<>();
      views.add(threads.submit(() -> gallery.current(deadline())));
      await(reading);
      for (int i = 0; i < 20; i++) {
        views.add(threads.submit(() -> gallery.current(deadline())));
      }
      untilAllWait(begun);
      proceed.countDown();
      for (Future<GalleryView> view : views) {
        assertThat(view.get().count()).isEqualTo(1);
      }
    }
    assertThat(store.logReads.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void writes_that_wait_for_a_commit_share_the_next() throws Exception {
    Gallery gallery = open();
    enrol(gallery, "ann");
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    store.beforeCommit =
        () -> {
          committing.countDown();
          await(proceed);
        };
    store.commits.set(0);
    List<Thread> begun = new ArrayList<>();
    try (ExecutorService threads = threads(begun)) {
      List<Future<?>> writes = new ArrayList<>();
      writes.add(threads.submit(() -> enrol(gallery, "first")));
      await(committing);
      for (int i = 0; i < 32; i++) {
        String name = "person-" + i;
        writes.add(threads.submit(() -> enrol(gallery, name)));
      }
      untilAllWait(begun);
      proceed.countDown();
      for (Future<?> write : writes) {
        write.get();
      }
    }
    assertThat(store.commits.get()).isLessThanOrEqualTo(4);
    assertThat(open().current(deadline()).count()).isEqualTo(34);
  }

  @Test
  void a_plan_sees_the_writes_planned_before_it_in_the_same_commit() throws Exception {
    Gallery gallery = open();
    enrol(gallery, "ann");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CommitResult>> same = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String name = "eve-" + i;
        same.add(threads.submit(() -> gallery.commit(unlessFound(name, "eve"), deadline())));
      }
      for (Future<CommitResult> done : same) {
        done.get();
      }
    }
    assertThat(found(gallery)).hasSize(2).contains("ann");
  }

  /** Enrols a face unless there is one like it. */
  private WritePlan.Seeing unlessFound(String name, String face) {
    return view -> {
      Subject subject = subject(name, FakeFaces.template(face, "1"));
      boolean there = !view.search(subject.templates().getFirst(), 0.9, 1).isEmpty();
      return new Write(
          operation(), there ? List.of() : List.of(new Write.Store(subject)), List.of());
    };
  }

  @Test
  void a_full_gallery_refuses_more_but_not_replacements() {
    Gallery gallery = open(new GalleryLimits(2, 1 << 20));
    enrol(gallery, "ann", "bob");
    assertThatThrownBy(() -> enrol(gallery, "cid"))
        .isInstanceOf(GalleryFull.class)
        .hasMessageContaining("maxTemplates is 2");
    Subject bob = store.subject(id, new SubjectId("bob"), deadline()).orElseThrow();
    Write replacing =
        new Write(
            operation(),
            List.of(new Write.Store(subject("bob", FakeFaces.template("bob", "2")), bob)),
            List.of());
    gallery.commit(view -> replacing, deadline());
    assertThat(found(gallery)).containsExactly("ann", "bob");
  }

  @Test
  void a_gallery_beyond_the_limit_is_not_loaded() {
    enrol(open(), "ann", "bob", "cid");
    assertThatThrownBy(() -> found(open(new GalleryLimits(2, 1 << 20))))
        .isInstanceOf(GalleryFull.class);
  }

  @Test
  void a_template_of_another_dimension_is_refused() {
    Gallery gallery = open();
    enrol(gallery, "ann");
    Subject odd = subject("odd", Template.normalised("face", new float[] {3, 4}));
    assertThatThrownBy(() -> commit(gallery, odd))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("512");
    assertThat(found(gallery)).containsExactly("ann");
  }

  @Test
  void a_factor_without_templates_may_begin_with_another_dimension() {
    Gallery gallery = open();
    Template small = Template.normalised("face", new float[] {3, 4});
    enrol(gallery, "ann");
    commit(gallery, subject("bob", Template.normalised("voice", new float[] {1, 2, 3})));
    assertThatThrownBy(() -> commit(gallery, subject("odd", small)))
        .isInstanceOf(InvalidRequest.class);

    delete(gallery, "ann");
    assertThat(store.head(id, deadline()).dimensions()).isEqualTo(Map.of("voice", 3));
    commit(gallery, subject("odd", small));

    assertThat(store.head(id, deadline()).dimensions()).isEqualTo(Map.of("voice", 3, "face", 2));
    for (Gallery reader : List.of(gallery, open())) {
      GalleryView view = reader.current(deadline());
      assertThat(view.dimensions()).isEqualTo(Map.of("voice", 3, "face", 2));
      assertThat(view.search(small, 0.9, 5)).hasSize(1);
    }
    assertThatThrownBy(() -> enrol(gallery, "ann")).isInstanceOf(InvalidRequest.class);
  }

  private void delete(Gallery gallery, String name) {
    gallery.commit(
        view ->
            new Write(
                operation(),
                List.of(
                    new Write.Drop(
                        store.subject(id, new SubjectId(name), deadline()).orElseThrow())),
                List.of()),
        deadline());
  }

  @Test
  void a_deletion_and_an_enrolment_of_another_dimension_share_a_commit() {
    Gallery gallery = open();
    enrol(gallery, "ann");
    PendingCommit.Seeing pending =
        new PendingCommit.Seeing(
            (IndexView) gallery.current(deadline()),
            write -> WriteSize.NONE,
            new GalleryLimits(10, 1 << 20));
    Template small = Template.normalised("face", new float[] {3, 4});
    Subject ann = store.subject(id, new SubjectId("ann"), deadline()).orElseThrow();
    pending.add(new Write(operation(), List.of(new Write.Drop(ann)), List.of()));
    assertThat(pending.search(small, -2, 5)).isEmpty();
    pending.add(new Write(operation(), List.of(new Write.Store(subject("odd", small))), List.of()));
    assertThat(pending.search(small, -2, 5)).hasSize(1);
    Commit both =
        pending.commit(
            id,
            pending.position().epoch(),
            new LogEntry.Stamp(clock.instant(), "both", pending.token()));
    assertThat(both.dimensions()).isEqualTo(Map.of("face", 2));
    assertThat(store.commit(both, deadline())).isEqualTo(new CommitOutcome.Committed());
    assertThat(gallery.current(deadline()).search(small, -2, 5)).hasSize(1);
  }

  @Test
  void replaced_and_deleted_templates_leave_the_log() {
    Gallery gallery = open();
    enrol(gallery, "ann", "bob");
    delete(gallery, "ann");
    Subject bob = store.subject(id, new SubjectId("bob"), deadline()).orElseThrow();
    Template second = FakeFaces.template("bob", "2");
    gallery.commit(
        view ->
            new Write(
                operation(), List.of(new Write.Store(subject("bob", second), bob)), List.of()),
        deadline());
    enrol(gallery, "cid");
    long bytes = store.head(id, deadline()).bytes();

    assertThat(sweeper().sweep()).isEqualTo(2);
    assertThat(sweeper().sweep()).isZero();

    assertThat(templatesInLog()).containsExactly(second, FakeFaces.template("cid", "1"));
    assertThat(store.head(id, deadline()).bytes()).isLessThan(bytes - 4000);
    for (Gallery reader : List.of(gallery, open())) {
      assertThat(found(reader)).containsExactly("bob", "cid");
    }
  }

  /** Entries and records of older versions do not say where templates are. */
  @Test
  void the_log_of_an_older_version_is_read_once_for_what_it_left() {
    Write first = storing("ann");
    Write second = storing("bob");
    for (Write write : List.of(first, second)) {
      LogPosition position = store.kept.head(id, deadline()).position();
      LogEntry.Stamp stamp = new LogEntry.Stamp(clock.instant(), "t" + position.seq(), null);
      store.kept.commit(
          new Commit(id, position, "epoch", 1, Map.of("face", 512), List.of(write), stamp),
          deadline());
    }
    store.kept.pending(clock.instant(), 10).forEach(store.kept::remove);
    Subject bob = store.subject(id, new SubjectId("bob"), deadline()).orElseThrow().storedAt(2);
    Commit deletion =
        new Commit(
            id,
            new LogPosition("epoch", 2),
            "epoch",
            1,
            Map.of("face", 512),
            List.of(new Write(operation(), List.of(new Write.Drop(bob)), List.of())),
            new LogEntry.Stamp(clock.instant(), "t3", null));
    store.kept.commit(deletion, deadline());
    store.kept.pending(clock.instant(), 10).forEach(note -> assertThat(note.wholeLog()).isTrue());

    assertThat(sweeper().sweep()).isEqualTo(1);
    assertThat(templatesInLog()).containsExactly(FakeFaces.template("ann", "1"));
    assertThat(found(open())).containsExactly("ann");
  }

  @Test
  void the_note_of_a_commit_that_the_table_lacks_erases_nothing() {
    enrol(open(), "ann");
    store.kept.add(
        new LogErasure(
            id, 2, List.of(new LogErasure.Ended(new SubjectId("ann"), 1)), false, clock.instant()));
    assertThat(sweeper().sweep()).isZero();
    assertThat(templatesInLog()).hasSize(1);
    assertThat(store.kept.pending(clock.instant(), 10)).isEmpty();
    assertThat(store.kept.pending(clock.instant().plusSeconds(3600), 10)).hasSize(1);
  }

  private Write storing(String name) {
    Subject subject = subject(name, FakeFaces.template(name, "1"));
    return new Write(operation(), List.of(new Write.Store(subject)), List.of());
  }

  private LogSweeper sweeper() {
    return new LogSweeper(store, store.kept, clock);
  }

  private List<Template> templatesInLog() {
    return store.kept.log(id, 1, deadline()).entries().stream()
        .flatMap(entry -> entry.changes().stream())
        .flatMap(change -> change.templates().stream())
        .toList();
  }

  @Test
  void the_galleries_used_last_stay_in_memory() {
    Galleries galleries =
        new Galleries(store, GalleryLimits.unlimited(100_000), clock, new SecureRandom());
    List<GalleryId> ids =
        List.of(
            new GalleryId(id.application(), "image/a"),
            new GalleryId(id.application(), "image/b"),
            new GalleryId(id.application(), "image/c"));
    Gallery first = galleries.open(ids.getFirst());
    for (GalleryId each : ids) {
      enrol(galleries.open(each), "ann", "bob");
      assertThat(galleries.open(each)).isSameAs(galleries.open(each));
    }
    assertThat(galleries.open(ids.getLast())).isSameAs(galleries.open(ids.getLast()));
    assertThat(galleries.open(ids.getFirst())).isNotSameAs(first);
    assertThat(found(first)).containsExactly("ann", "bob");
  }

  /** A thread for each task; tells which it has begun. */
  private static ExecutorService threads(List<Thread> begun) {
    return Executors.newThreadPerTaskExecutor(
        task -> {
          Thread thread = Thread.ofVirtual().unstarted(task);
          begun.add(thread);
          return thread;
        });
  }

  private static void untilAllWait(List<Thread> threads) throws InterruptedException {
    Set<Thread.State> waiting = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    while (!threads.stream().allMatch(thread -> waiting.contains(thread.getState()))) {
      Thread.sleep(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Gallery open() {
    return open(GalleryLimits.unlimited(1 << 20));
  }

  private Gallery open(GalleryLimits limits) {
    return new Galleries(store, limits, clock, new SecureRandom()).open(id);
  }

  private void enrol(Gallery gallery, String... names) {
    for (String name : names) {
      commit(gallery, subject(name, FakeFaces.template(name, "1")));
    }
  }

  private void commit(Gallery gallery, Subject subject) {
    Write write = new Write(operation(), List.of(new Write.Store(subject)), List.of());
    gallery.commit(view -> write, deadline());
  }

  private Subject subject(String name, Template template) {
    Instant now = Instant.EPOCH;
    return new Subject(
        new SubjectId(name), List.of(template), "fake-512", null, null, null, null, now, now);
  }

  private Operation operation() {
    OperationId operation = new OperationId(UUID.randomUUID().toString());
    return new Operation(operation, "digest", "{}", clock.instant().plusSeconds(60));
  }

  private List<String> found(Gallery gallery) {
    return gallery.current(deadline()).search(FakeFaces.template("anybody", ""), -2, 1000).stream()
        .map(match -> match.subject().value())
        .sorted()
        .toList();
  }

  private Instant deadline() {
    return clock.instant().plusSeconds(60);
  }
}
