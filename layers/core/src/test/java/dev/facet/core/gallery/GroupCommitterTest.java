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
      GalleryLimits small = new GalleryLimits(Long.MAX_VALUE, 64 << 20, 9_000);
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
    Write write = new Write(operation(), List.of(new Write.Store(subject(name))), List.of());
    return view -> write;
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
    Instant now = Instant.EPOCH;
    return new Subject(
        new SubjectId(name),
        List.of(FakeFaces.template(name, "1")),
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
