package dev.facet.core.gallery;

import dev.facet.core.crypto.RandomText;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.retry.Backoff;
import dev.facet.core.retry.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commits one gallery's writes, one commit at a time. Writes that arrive during a commit share the
 * next one. A dedicated virtual thread does the work and ends when no write waits.
 *
 * <p>An attempt reads the log's tail, plans each write for the state that it finds, and commits on
 * the condition that the head has not moved since. So every premise of a plan still holds when its
 * write commits. A write that did not commit is retried until its caller's deadline.
 */
final class GroupCommitter {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(500));

  private final GalleryReplica replica;
  private final GalleryStore store;
  private final GalleryLimits limits;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Deque<Pending> queue = new ArrayDeque<>();
  private boolean working;

  GroupCommitter(
      GalleryReplica replica,
      GalleryStore store,
      GalleryLimits limits,
      InstantSource clock,
      RandomGenerator random) {
    this.replica = replica;
    this.store = store;
    this.limits = limits;
    this.clock = clock;
    this.random = random;
  }

  /** A queued write and its result. */
  private static final class Pending {
    final WritePlan plan;
    final Instant deadline;
    final CompletableFuture<CommitResult> result = new CompletableFuture<>();
    volatile @Nullable TransientFault obstacle;

    /** Set when a commit of the write was attempted with an unknown outcome. */
    @Nullable OperationId uncertain;

    /** Set when a commit failed because of this write, or perhaps because of it. */
    boolean alone;

    Pending(WritePlan plan, Instant deadline) {
      this.plan = plan;
      this.deadline = deadline;
    }

    boolean isDone() {
      return result.isDone();
    }
  }

  /** Implements {@code Gallery.commit}. */
  CommitResult commit(WritePlan plan, Instant deadline) {
    Pending pending = new Pending(plan, deadline);
    long left = new Deadline(deadline, clock).left().toNanos();
    enqueue(pending);
    try {
      return pending.result.get(left, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Fault fault ? fault : new InternalFault("The write failed.", e);
    } catch (TimeoutException e) {
      throw Deadline.timeout(pending.obstacle);
    } catch (InterruptedException e) {
      throw Deadline.interrupted(e);
    } finally {
      pending.result.cancel(false);
    }
  }

  private void enqueue(Pending pending) {
    synchronized (queue) {
      queue.add(pending);
      if (!working) {
        working = true;
        Thread.ofVirtual().name("commits of " + replica.id()).start(this::work);
      }
    }
  }

  private void work() {
    int fruitless = 0;
    List<Pending> group = firstInLine();
    while (!group.isEmpty()) {
      attempt(group);
      fruitless = group.stream().anyMatch(Pending::isDone) ? 0 : fruitless + 1;
      if (fruitless > 0) {
        sleep(BACKOFF.after(fruitless));
      }
      group = firstInLine();
    }
  }

  /**
   * Returns the oldest queued writes, as many as may share a commit. An empty list ends the work.
   */
  private List<Pending> firstInLine() {
    synchronized (queue) {
      queue.removeIf(Pending::isDone);
      working = !queue.isEmpty();
      return !queue.isEmpty() && queue.getFirst().alone
          ? List.of(queue.getFirst())
          : queue.stream().filter(pending -> !pending.alone).limit(Commit.MAX_WRITES).toList();
    }
  }

  /**
   * Moves a write to the end of the queue. From now on it shares no commit, so that it can fail
   * only itself.
   */
  private void separate(Pending pending) {
    synchronized (queue) {
      pending.alone = true;
      if (queue.remove(pending)) {
        queue.add(pending);
      }
    }
  }

  private void attempt(List<Pending> group) {
    Instant deadline =
        group.stream().map(p -> p.deadline).reduce(Instant.MIN, GroupCommitter::later);
    try {
      PendingCommit draft =
          new PendingCommit(
              replica.follow(deadline),
              write -> store.size(replica.id(), write),
              limits.maxTemplates());
      Map<Pending, Write> planned = plan(group, draft);
      if (!planned.isEmpty()) {
        commit(planned, draft, deadline);
      }
    } catch (TransientFault obstacle) {
      group.forEach(pending -> pending.obstacle = obstacle);
    } catch (RuntimeException | Error failure) {
      group.forEach(pending -> pending.result.completeExceptionally(failure));
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Map<Pending, Write> plan(List<Pending> group, PendingCommit draft) {
    Map<Pending, Write> planned = new LinkedHashMap<>();
    for (Pending pending : group) {
      try {
        Write write = pending.plan.at(draft);
        if (draft.add(write)) {
          planned.put(pending, write);
        }
      } catch (TransientFault obstacle) {
        pending.obstacle = obstacle;
      } catch (Fault refused) {
        refuse(pending, refused);
      } catch (RuntimeException | Error failure) {
        pending.result.completeExceptionally(failure);
      }
    }
    return planned;
  }

  /**
   * Refuses a write, unless an earlier commit of it succeeded and only the response was lost. The
   * plan may be refused because of that very commit.
   */
  private void refuse(Pending pending, Fault refused) {
    Optional<Operation> own =
        Optional.ofNullable(pending.uncertain).flatMap(id -> operation(id, pending.deadline));
    own.ifPresentOrElse(
        operation -> pending.result.complete(new CommitResult(operation, null)),
        () -> pending.result.completeExceptionally(refused));
  }

  private void commit(Map<Pending, Write> planned, PendingCommit draft, Instant deadline) {
    Commit commit = draft.commit(replica.id(), epoch(draft), stamp(draft));
    CommitOutcome outcome;
    try {
      outcome = store.commit(commit, deadline);
    } catch (TransientFault unknown) {
      planned.forEach(
          (pending, write) -> {
            pending.obstacle = unknown;
            pending.uncertain = write.operation().id();
          });
      outcome = new CommitOutcome.OperationsDone(lookUp(planned.values(), deadline));
    } catch (RuntimeException | Error failure) {
      failed(planned, failure);
      return;
    }
    switch (outcome) {
      case CommitOutcome.Committed() -> {
        replica.committed(commit);
        planned.forEach(
            (pending, write) ->
                pending.result.complete(new CommitResult(write.operation(), write)));
      }
      case CommitOutcome.OperationsDone(var done) ->
          planned.forEach(
              (pending, write) -> {
                Operation operation = done.get(write.operation().id());
                if (operation != null) {
                  pending.result.complete(new CommitResult(operation, null));
                }
              });
      case CommitOutcome.ConditionFailed(var operations) ->
          planned.forEach(
              (pending, write) -> {
                if (operations.contains(write.operation().id())) {
                  separate(pending);
                }
              });
      case CommitOutcome.HeadMoved() -> {}
    }
  }

  /**
   * Handles a failure that a retry of the same commit would meet again. One of several writes may
   * have caused it, so each is retried by itself.
   */
  private void failed(Map<Pending, Write> planned, Throwable failure) {
    if (planned.size() > 1) {
      planned.keySet().forEach(this::separate);
    } else {
      planned.keySet().forEach(pending -> pending.result.completeExceptionally(failure));
    }
  }

  /**
   * Returns the operations that have a record. After a lost response they show whether the commit
   * was done.
   */
  private Map<OperationId, Operation> lookUp(Collection<Write> writes, Instant deadline) {
    return writes.stream()
        .map(write -> write.operation().id())
        .map(id -> operation(id, deadline))
        .flatMap(Optional::stream)
        .collect(Collectors.toMap(Operation::id, operation -> operation));
  }

  private Optional<Operation> operation(OperationId id, Instant deadline) {
    return store.operation(replica.id().application(), id, deadline);
  }

  /** Sleeps a random time of up to {@code longest}, less if interrupted. */
  private void sleep(Duration longest) {
    try {
      Thread.sleep(random.nextLong(longest.toMillis()) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LogEntry.Stamp stamp(PendingCommit draft) {
    return new LogEntry.Stamp(clock.instant(), RandomText.hex(random, 8), draft.token());
  }

  private String epoch(PendingCommit draft) {
    String epoch = draft.position().epoch();
    return epoch.isEmpty() ? RandomText.hex(random, 8) : epoch;
  }
}
