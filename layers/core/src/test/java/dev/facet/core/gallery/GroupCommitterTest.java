package dev.facet.core.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.ForwardingGalleryStore;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.SettableClock;
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

  private final GalleryStore store =
      new ForwardingGalleryStore(kept) {
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
      List<WritePlan> plans = plans(8);
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
      List<WritePlan> plans = plans(8);
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
      List<WritePlan> plans = plans(8);
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

  private static boolean isBad(Write write) {
    return write.effects().stream().anyMatch(effect -> effect.subject().value().equals("bad"));
  }

  private List<WritePlan> plans(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> plan("person-" + i)).toList());
  }

  private WritePlan plan(String name) {
    Write write = new Write(operation(), List.of(new Write.Store(subject(name))), List.of());
    return view -> write;
  }

  /** Commits writes that all wait while an earlier one is planned; returns when all are done. */
  private List<Future<CommitResult>> together(List<WritePlan> plans) throws Exception {
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

  private List<Future<CommitResult>> togetherUnfinished(List<WritePlan> plans) throws Exception {
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
    for (WritePlan plan : plans) {
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
