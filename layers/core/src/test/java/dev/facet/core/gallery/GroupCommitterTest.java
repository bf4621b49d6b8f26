package dev.facet.core.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.ForwardingGalleryStore;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.Gallery.Submission;
import dev.facet.core.gallery.Gallery.SubmittedWrite;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.Erasure;
import dev.facet.core.images.ImageKey;
import dev.facet.core.subjects.SubjectId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes that share a commit. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
final class GroupCommitterTest {

  private final SettableClock clock = new SettableClock();
  private final GalleryId id = GalleryId.ofImages(new ApplicationId(UUID.randomUUID()), "fake-512");
  private final InMemoryGalleryStore kept = new InMemoryGalleryStore(clock);

  /** What happens to each commit. */
  private volatile UnaryOperator<CommitOutcome> afterCommit = UnaryOperator.identity();

  private volatile Consumer<Commit> beforeCommit = commit -> {};

  private volatile Runnable beforeLog = () -> {};

  /** Applied to the next page that is read of the log. */
  private volatile UnaryOperator<LogPage> nextPage = UnaryOperator.identity();

  private final GalleryStore store =
      new ForwardingGalleryStore(kept) {
        @Override
        public LogPage log(GalleryId gallery, long from, Instant deadline) {
          beforeLog.run();
          return scripted(super.log(gallery, from, deadline));
        }

        @Override
        public LogPage history(GalleryId gallery, long from, Instant deadline) {
          beforeLog.run();
          return scripted(super.history(gallery, from, deadline));
        }

        private LogPage scripted(LogPage page) {
          UnaryOperator<LogPage> script = nextPage;
          nextPage = UnaryOperator.identity();
          return script.apply(page);
        }

        @Override
        public CommitOutcome commit(Commit commit, Instant deadline) {
          beforeCommit.accept(commit);
          return afterCommit.apply(super.commit(commit, deadline));
        }
      };

  private final Gallery gallery =
      new Galleries(store, GalleryLimits.unlimited(64 << 20), clock, new SecureRandom()).open(id);

  /** The test's time limit is below the deadline. */
  @Nested
  @DisplayNameGeneration(ReplaceUnderscores.class)
  final class Patience {

    private final Instant deadline = clock.instant().plusSeconds(300);
    private final Instant retryUntil = clock.instant().plusMillis(100);

    @Test
    void a_throttled_write_fails_when_its_retries_end() {
      beforeCommit =
          commit -> {
            throw new TransientFault(TransientFault.Kind.THROTTLED, "on purpose");
          };
      assertThatThrownBy(() -> gallery.commit(plan("ann"), deadline, retryUntil))
          .isInstanceOf(TransientFault.class)
          .hasMessage("on purpose");
    }

    @Test
    void a_write_that_loses_every_race_fails_when_its_retries_end() {
      afterCommit = outcome -> new CommitOutcome.HeadMoved();
      assertThatThrownBy(() -> gallery.commit(plan("ann"), deadline, retryUntil))
          .isInstanceOfSatisfying(
              TransientFault.class,
              it -> assertThat(it.kind()).isEqualTo(TransientFault.Kind.CONFLICT));
    }

    @Test
    void throttled_reads_are_repeated_no_longer_than_the_write() {
      gallery.commit(plan("ann"), deadline());
      beforeLog = GroupCommitterTest::throttle;
      assertThatThrownBy(() -> gallery.commit(plan("bob"), deadline, retryUntil))
          .isInstanceOf(TransientFault.class)
          .hasRootCauseMessage("on purpose");
    }

    @Test
    void the_end_of_one_writes_retries_ends_no_other_write() throws Exception {
      gallery.commit(plan("ann"), deadline());
      beforeLog = GroupCommitterTest::throttle;
      List<SubmittedWrite> both =
          gallery.submit(
              List.of(
                  new Submission(plan("bob"), deadline, retryUntil),
                  new Submission(plan("cid"), deadline, deadline)));
      assertThatThrownBy(both.getFirst()::await).isInstanceOf(TransientFault.class);
      beforeLog = () -> {};
      assertThat(both.getLast().await().write()).isNotNull();
    }

    @Test
    void a_write_that_succeeds_after_its_retries_end_is_done() {
      assertThat(gallery.commit(plan("ann"), deadline, Instant.EPOCH).write()).isNotNull();
    }
  }

  /** Writes that one caller submits together. */
  @Nested
  @DisplayNameGeneration(ReplaceUnderscores.class)
  final class Submitted {

    private final List<List<String>> commits = new CopyOnWriteArrayList<>();

    Submitted() {
      beforeCommit = commit -> commits.add(subjects(commit));
    }

    @Test
    void as_many_as_fit_are_one_commit_in_their_order() {
      List<String> names = names(Commit.MAX_WRITES);
      assertThat(results(gallery.submit(submissions(names)))).doesNotContainNull();
      assertThat(commits).containsExactly(names);
    }

    @Test
    void one_more_than_fit_is_one_more_commit() {
      List<String> names = names(2 * Commit.MAX_WRITES + 1);
      gallery.submit(submissions(names)).forEach(SubmittedWrite::await);
      assertThat(commits)
          .containsExactly(names.subList(0, 32), names.subList(32, 64), names.subList(64, 65));
    }

    /** Six templates of 512 numbers are at least 12 KB, and a commit takes 350 KB. */
    @Test
    void a_write_that_waits_for_room_is_not_overtaken_by_a_smaller_one() {
      List<Submission> writes = new ArrayList<>();
      for (String large : names(31)) {
        writes.add(submission(storing(subject(large, 6))));
      }
      writes.add(submission(plan("small")));
      gallery.submit(writes).forEach(SubmittedWrite::await);

      assertThat(commits).hasSize(2);
      assertThat(commits.getLast()).hasSizeGreaterThan(1).endsWith("small");
      assertThat(commits.stream().flatMap(List::stream))
          .containsExactlyElementsOf(
              Stream.concat(names(31).stream(), Stream.of("small")).toList());
    }

    @Test
    void a_plan_sees_the_earlier_ones() {
      List<Integer> seen = new ArrayList<>();
      List<Submission> writes = new ArrayList<>();
      for (String name : names(4)) {
        WritePlan.Seeing plan = plan(name);
        writes.add(
            submission(
                view -> {
                  seen.add(view.search(subject(name).templates().getFirst(), -1, 10).size());
                  return plan.at(view);
                }));
      }
      gallery.submit(writes).forEach(SubmittedWrite::await);
      assertThat(seen).containsExactly(0, 1, 2, 3);
    }

    @Test
    void one_that_the_store_refuses_fails_alone() {
      beforeCommit =
          commit -> {
            if (commit.writes().stream().anyMatch(GroupCommitterTest::isBad)) {
              throw new InternalFault("a store refused a request: ValidationException");
            }
          };
      List<String> names = new ArrayList<>(names(8));
      names.add(4, "bad");
      List<SubmittedWrite> writes = new ArrayList<>(gallery.submit(submissions(names)));
      assertThatThrownBy(writes.remove(4)::await).hasMessageContaining("ValidationException");
      assertThat(results(writes)).doesNotContainNull();
    }

    @Test
    void one_that_is_too_late_is_not_attempted() {
      List<SubmittedWrite> writes =
          gallery.submit(
              List.of(
                  new Submission(plan("ann"), Instant.EPOCH, Instant.EPOCH),
                  submission(plan("bob"))));
      assertThatThrownBy(writes.getFirst()::await).isInstanceOf(TransientFault.class);
      assertThat(writes.getLast().await().write()).isNotNull();
      assertThat(commits).containsExactly(List.of("bob"));
    }

    @Test
    void none_is_no_commit() {
      assertThat(gallery.submit(List.of())).isEmpty();
    }

    private List<@Nullable Write> results(List<SubmittedWrite> writes) {
      List<@Nullable Write> results = new ArrayList<>();
      writes.forEach(write -> results.add(write.await().write()));
      return results;
    }

    private List<String> names(int count) {
      return IntStream.range(0, count).mapToObj(i -> "person-" + i).toList();
    }

    private List<Submission> submissions(List<String> names) {
      return names.stream().map(name -> submission(plan(name))).toList();
    }

    private Submission submission(WritePlan.Seeing plan) {
      return new Submission(plan, deadline(), deadline());
    }

    private static List<String> subjects(Commit commit) {
      return commit.writes().stream()
          .flatMap(write -> write.effects().stream())
          .map(effect -> effect.subject().value())
          .toList();
    }
  }

  /** One bad write fails only itself. */
  @Nested
  @DisplayNameGeneration(ReplaceUnderscores.class)
  final class BadWrites {

    @Test
    void a_plan_that_breaks_fails_its_own_write_only() throws Exception {
      List<WritePlan.Seeing> plans = plans(8);
      plans.add(
          4,
          view -> {
            throw new IllegalStateException("a defect");
          });
      List<Future<CommitResult>> results = together(plans);

      assertThatThrownBy(() -> results.get(4).get()).hasRootCauseMessage("a defect");
      results.remove(4);
      assertAllDone(results);
    }

    @Test
    void a_write_that_the_store_refuses_fails_alone() throws Exception {
      beforeCommit =
          commit -> {
            if (commit.writes().stream().anyMatch(GroupCommitterTest::isBad)) {
              throw new InternalFault("a store refused a request: ValidationException");
            }
          };
      List<WritePlan.Seeing> plans = plans(8);
      plans.add(4, plan("bad"));
      List<Future<CommitResult>> results = together(plans);

      assertThatThrownBy(() -> results.get(4).get())
          .hasCauseInstanceOf(InternalFault.class)
          .hasMessageContaining("ValidationException");
      results.remove(4);
      assertAllDone(results);
    }

    /** The note of the image does not exist, so the condition never holds. */
    @Test
    void a_write_whose_condition_fails_holds_up_no_other() throws Exception {
      Erasure swept =
          new Erasure(
              new ImageKey(id.application(), new SubjectId("late"), "0123456789abcdef"),
              Instant.EPOCH);
      AtomicInteger tries = new AtomicInteger();
      CountDownLatch othersDone = new CountDownLatch(1);
      List<WritePlan.Seeing> plans = plans(8);
      plans.add(
          0,
          view -> {
            if (tries.incrementAndGet() == 3) {
              await(othersDone);
              throw new IllegalStateException("enough");
            }
            return new Write(
                operation(),
                List.of(new Write.Store(subject("late"))),
                List.of(new Write.Keep(swept)));
          });
      List<Future<CommitResult>> results = togetherUnfinished(plans);
      for (Future<CommitResult> other : results.subList(1, 9)) {
        assertThat(other.get().write()).isNotNull();
      }
      othersDone.countDown();
      assertThatThrownBy(() -> results.getFirst().get()).hasRootCauseMessage("enough");
    }

    private static void assertAllDone(List<Future<CommitResult>> results) throws Exception {
      for (Future<CommitResult> result : results) {
        assertThat(result.get().write()).isNotNull();
      }
    }
  }

  /** Once a commit is durable, nothing can make its writes fail. */
  @Nested
  @DisplayNameGeneration(ReplaceUnderscores.class)
  final class AfterTheCommit {

    /** The memory holds two-dimensional rows, so applying the commit to it fails. */
    @Test
    void a_failure_to_apply_it_is_not_the_writes_and_the_memory_is_loaded_again() {
      gallery.commit(plan("ann"), deadline());
      Gallery reader = galleries(GalleryLimits.unlimited(64 << 20)).open(id);
      LogEntry.Stamp stamp = kept.log(id, 1, deadline()).entries().getFirst().stamp();
      Template small = Template.normalised("face", new float[] {3, 4});
      LogChange odd = new LogChange.Put(new SubjectId("ann"), List.of(small));
      nextPage = page -> new LogPage(List.of(new LogEntry(1, List.of(odd), stamp)), page.head());
      assertThat(reader.current(deadline()).dimensions()).containsEntry("face", 2);

      CommitResult done = reader.commit(blind("bob"), deadline());
      assertThat(done.write()).isNotNull();
      assertThat(reader.current(deadline()).dimensions()).containsEntry("face", 512);
      assertThat(reader.current(deadline()).count()).isEqualTo(2);
    }

    @Test
    void the_answer_does_not_wait_for_a_reader() throws Exception {
      gallery.commit(plan("ann"), deadline());
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch answered = new CountDownLatch(1);
      beforeCommit =
          commit -> {
            beforeLog =
                () -> {
                  reading.countDown();
                  await(answered);
                };
            threads.submit(() -> gallery.current(deadline()));
            await(reading);
          };
      assertThat(gallery.commit(plan("bob"), deadline()).write()).isNotNull();
      answered.countDown();
      assertThat(gallery.current(deadline()).count()).isEqualTo(2);
    }
  }

  /** A gallery that cannot be loaded. */
  @Nested
  @DisplayNameGeneration(ReplaceUnderscores.class)
  final class WithoutMemory {

    private final Gallery tooLarge = galleries(new GalleryLimits(2, 64 << 20)).open(id);

    @Test
    void a_gallery_beyond_the_limit_can_be_reduced_but_not_enlarged() {
      for (String name : List.of("ann", "bob", "cid")) {
        gallery.commit(plan(name), deadline());
      }
      assertThatThrownBy(() -> tooLarge.current(deadline())).isInstanceOf(GalleryFull.class);
      assertThatThrownBy(() -> tooLarge.commit(blind("dan"), deadline()))
          .isInstanceOf(GalleryFull.class);
      tooLarge.commit(deletion("ann"), deadline());
      assertThat(tooLarge.current(deadline()).count()).isEqualTo(2);
    }

    @Test
    void writes_that_need_no_search_do_not_wait_for_a_load() throws Exception {
      gallery.commit(plan("ann"), deadline());
      CountDownLatch loading = new CountDownLatch(1);
      CountDownLatch answered = new CountDownLatch(1);
      beforeLog =
          () -> {
            loading.countDown();
            await(answered);
          };
      Gallery cold = galleries(GalleryLimits.unlimited(64 << 20)).open(id);
      Future<CommitResult> search = threads.submit(() -> cold.commit(plan("bob"), deadline()));
      await(loading);
      assertThat(cold.commit(deletion("ann"), deadline()).write()).isNotNull();
      answered.countDown();
      assertThat(search.get().write()).isNotNull();
      assertThat(cold.current(deadline()).count()).isEqualTo(1);
    }

    /** A subject with one template of 512 numbers takes almost 3 KB. */
    @Test
    void a_gallery_beyond_the_memory_is_refused_before_it_is_written_or_loaded() {
      GalleryLimits small = new GalleryLimits(Long.MAX_VALUE, 64 << 20, 9_000, 64 << 20);
      Gallery writer = galleries(small).open(id);
      for (String name : List.of("ann", "bob", "cid")) {
        writer.commit(plan(name), deadline());
      }
      for (WritePlan.Seeing each : List.of(plan("dan"), plan("eve"))) {
        assertThatThrownBy(() -> writer.commit(each, deadline()))
            .isInstanceOf(InternalFault.class)
            .hasMessageContaining("memory");
      }
      assertThatThrownBy(() -> writer.commit(blind("dan"), deadline()))
          .hasMessageContaining("memory");
      assertThat(writer.current(deadline()).count()).isEqualTo(3);
      assertThat(kept.head(id, deadline()).count()).isEqualTo(3);

      gallery.commit(plan("dan"), deadline());
      Gallery fresh = galleries(small).open(id);
      assertThatThrownBy(() -> fresh.current(deadline()))
          .isInstanceOf(InternalFault.class)
          .hasMessageContaining("memory");
      fresh.commit(deletion("ann"), deadline());
      assertThat(fresh.current(deadline()).count()).isEqualTo(3);
    }
  }

  /** Sixteen templates of 512 numbers take 41 KB. */
  @Test
  void a_load_beyond_the_memory_of_all_galleries_is_refused_and_others_go_on() {
    GalleryId small = GalleryId.ofImages(new ApplicationId(UUID.randomUUID()), "fake-512");
    galleries(GalleryLimits.unlimited(64 << 20)).open(small).commit(plan("zoe"), deadline());
    for (int i = 0; i < 40; i++) {
      gallery.commit(plan("person-" + i), deadline());
    }
    Galleries narrow =
        galleries(new GalleryLimits(Long.MAX_VALUE, 64 << 20, Long.MAX_VALUE, 100_000));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> narrow.open(id).current(deadline()))
          .isInstanceOfSatisfying(
              InternalFault.class,
              it -> assertThat(it.kind()).isEqualTo(InternalFault.Kind.NO_MEMORY));
      assertThat(narrow.open(small).current(deadline()).count()).isEqualTo(1);
      narrow.open(id).commit(deletion("person-" + i), deadline());
    }
  }

  /** The head says nothing of subjects that were replaced since. */
  @Test
  void a_log_that_outgrows_the_memory_is_no_damage() {
    for (int i = 0; i < 40; i++) {
      gallery.commit(plan("person-" + i), deadline());
    }
    GalleryLimits narrow = new GalleryLimits(Long.MAX_VALUE, 64 << 20, Long.MAX_VALUE, 100_000);
    for (int i = 0; i < 39; i++) {
      gallery.commit(deletion("person-" + i), deadline());
    }
    assertThatThrownBy(() -> galleries(narrow).open(id).current(deadline()))
        .isInstanceOfSatisfying(
            InternalFault.class,
            it -> assertThat(it.kind()).isEqualTo(InternalFault.Kind.NO_MEMORY));
  }

  private WritePlan.Blind blind(String name) {
    Write write = new Write(operation(), List.of(new Write.Store(subject(name))), List.of());
    return () -> write;
  }

  private WritePlan.Blind deletion(String name) {
    Operation operation = operation();
    return () ->
        new Write(
            operation,
            List.of(
                new Write.Drop(kept.subject(id, new SubjectId(name), deadline()).orElseThrow())),
            List.of());
  }

  private Galleries galleries(GalleryLimits limits) {
    return new Galleries(store, limits, clock, new SecureRandom());
  }

  private static boolean isBad(Write write) {
    return write.effects().stream().anyMatch(effect -> effect.subject().value().equals("bad"));
  }

  private List<WritePlan.Seeing> plans(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> plan("person-" + i)).toList());
  }

  private WritePlan.Seeing plan(String name) {
    return storing(subject(name));
  }

  private WritePlan.Seeing storing(Subject subject) {
    Write write = new Write(operation(), List.of(new Write.Store(subject)), List.of());
    return view -> write;
  }

  private static void throttle() {
    throw new TransientFault(TransientFault.Kind.THROTTLED, "on purpose");
  }

  /** Commits writes that all wait while an earlier one is planned; returns when all are done. */
  private List<Future<CommitResult>> together(List<WritePlan.Seeing> plans) throws Exception {
    List<Future<CommitResult>> results = togetherUnfinished(plans);
    for (Future<CommitResult> result : results) {
      try {
        result.get();
      } catch (ExecutionException failed) {
        // the test looks at it
      }
    }
    return new ArrayList<>(results);
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private List<Future<CommitResult>> togetherUnfinished(List<WritePlan.Seeing> plans)
      throws Exception {
    CountDownLatch planning = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    Future<?> first =
        threads.submit(
            () ->
                gallery.commit(
                    view -> {
                      planning.countDown();
                      await(proceed);
                      return new Write(
                          operation(), List.of(new Write.Store(subject("first"))), List.of());
                    },
                    deadline()));
    await(planning);
    List<Future<CommitResult>> results = new ArrayList<>();
    for (WritePlan.Seeing plan : plans) {
      FutureTask<CommitResult> task = new FutureTask<>(() -> gallery.commit(plan, deadline()));
      Thread thread = Thread.ofVirtual().start(task);
      untilItWaits(thread);
      results.add(task);
    }
    proceed.countDown();
    first.get();
    return results;
  }

  private static void untilItWaits(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
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

  private Subject subject(String name) {
    return subject(name, 1);
  }

  private Subject subject(String name, int templates) {
    Instant now = Instant.EPOCH;
    return new Subject(
        new SubjectId(name),
        IntStream.rangeClosed(1, templates)
            .mapToObj(shot -> FakeFaces.template(name, "" + shot))
            .toList(),
        "fake-512",
        null,
        null,
        null,
        null,
        now,
        now);
  }

  private Operation operation() {
    OperationId operation = new OperationId(UUID.randomUUID().toString());
    return new Operation(operation, "digest", "{}", clock.instant().plusSeconds(60));
  }

  private Instant deadline() {
    return clock.instant().plus(Duration.ofSeconds(60));
  }
}
