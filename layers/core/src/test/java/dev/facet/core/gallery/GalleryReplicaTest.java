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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    assertThat(store.readFrom).startsWith(2L, 1L);
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
    store.pages.add(page -> new LogPage(List.of(odd), page.head()));
    assertThatThrownBy(() -> found(open())).isInstanceOf(InternalFault.class);
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
    assertThat(store.logReads.get()).isEqualTo(3);
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
  private WritePlan unlessFound(String name, String face) {
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
