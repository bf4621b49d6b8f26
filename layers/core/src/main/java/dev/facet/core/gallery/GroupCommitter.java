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
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commits one gallery's writes, one commit at a time. Writes that arrive during a commit share the
 * next one. A dedicated virtual thread does the work and ends when no write waits.
 *
 * <p>An attempt reads the gallery's position, plans each write for the state that it finds, and
 * commits on the condition that the head has not moved since. So every premise of a plan still
 * holds when its write commits. A write that did not commit is retried until its caller's retries
 * end. The same time ends the repetition of failed reads, for all writes of an attempt: those whose
 * time has not come are attempted again.
 *
 * <p>Writes that are submitted together are planned in their order and share as few commits as
 * their items and bytes allow.
 *
 * <p>Plans that search wait in another queue than those that need no search: the latter never wait
 * until a gallery is loaded.
 */
final class GroupCommitter {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(500));

  private final GalleryReplica replica;
  private final RetryingReads store;
  private final GalleryLimits limits;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Held from planning to the outcome, so that this process's commits do not race each other. */
  private final ReentrantLock committing = new ReentrantLock(true);

  private final Lane seeing = new Lane(this::seeing);
  private final Lane blind = new Lane(this::blind);

  GroupCommitter(
      GalleryReplica replica,
      RetryingReads store,
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
    final Instant retryUntil;

    /** Returns the result at once, or after a step that the caller's own thread has to do. */
    final CompletableFuture<Supplier<CommitResult>> result = new CompletableFuture<>();

    volatile @Nullable TransientFault obstacle;

    /** Set when a commit of the write was attempted with an unknown outcome. */
    @Nullable OperationId uncertain;

    /** Set when a commit failed because of this write, or perhaps because of it. */
    boolean alone;

    Pending(WritePlan plan, Instant deadline, Instant retryUntil) {
      this.plan = plan;
      this.deadline = deadline;
      this.retryUntil = retryUntil;
    }

    /** Fails after an attempt in vain, unless the caller lets it be retried. */
    void retryOrFail(Instant now) {
      if (!isDone() && !now.isBefore(retryUntil)) {
        TransientFault last = obstacle;
        result.completeExceptionally(
            last != null
                ? last
                : new TransientFault(
                    TransientFault.Kind.CONFLICT, "Other commits came first every time."));
      }
    }

    boolean isDone() {
      return result.isDone();
    }

    void complete(Operation operation, @Nullable Write write) {
      CommitResult done = new CommitResult(operation, write);
      result.complete(() -> done);
    }
  }

  /** Implements {@code Gallery.commit} for a plan that needs no search. */
  CommitResult commit(WritePlan.Blind plan, Instant deadline) {
    Pending pending = pending(plan, deadline, deadline);
    blind.enqueue(List.of(pending));
    return await(pending);
  }

  /** Implements {@code Gallery.submit}. */
  List<Gallery.SubmittedWrite> submit(List<Gallery.Submission> submissions) {
    List<Pending> writes =
        submissions.stream()
            .map(each -> pending(each.plan(), each.deadline(), each.retryUntil()))
            .toList();
    seeing.enqueue(writes);
    return writes.stream().<Gallery.SubmittedWrite>map(write -> () -> await(write)).toList();
  }

  /** Returns a write to queue. After its deadline it has failed, and is not attempted. */
  private Pending pending(WritePlan plan, Instant deadline, Instant retryUntil) {
    Pending pending = new Pending(plan, deadline, retryUntil);
    if (!clock.instant().isBefore(deadline)) {
      pending.result.completeExceptionally(Deadline.timeout(null));
    }
    return pending;
  }

  private CommitResult await(Pending pending) {
    Supplier<CommitResult> result;
    try {
      long left = new Deadline(pending.deadline, clock).left().toNanos();
      result = pending.result.get(left, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Fault fault ? fault : new InternalFault("The write failed.", e);
    } catch (TimeoutException e) {
      throw Deadline.timeout(pending.obstacle);
    } catch (InterruptedException e) {
      throw Deadline.interrupted(e);
    } finally {
      pending.result.cancel(false);
    }
    return result.get();
  }

  /** A queue of writes and the thread that works on it. */
  private final class Lane {
    private final Deque<Pending> queue = new ArrayDeque<>();
    private final BiConsumer<Lane, List<Pending>> attempt;
    private boolean working;

    Lane(BiConsumer<Lane, List<Pending>> attempt) {
      this.attempt = attempt;
    }

    void enqueue(List<Pending> writes) {
      synchronized (queue) {
        queue.addAll(writes);
        if (!working && !writes.isEmpty()) {
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
        Instant now = clock.instant();
        group.forEach(pending -> pending.retryOrFail(now));
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
    void separate(Pending pending) {
      synchronized (queue) {
        pending.alone = true;
        if (queue.remove(pending)) {
          queue.add(pending);
        }
      }
    }

    private void attempt(List<Pending> group) {
      try {
        attempt.accept(this, group);
      } catch (TransientFault obstacle) {
        group.forEach(pending -> pending.obstacle = obstacle);
      } catch (Fault refused) {
        group.forEach(pending -> refuse(pending, refused));
      } catch (RuntimeException | Error failure) {
        group.forEach(pending -> pending.result.completeExceptionally(failure));
      }
    }
  }

  /**
   * Attempts plans that search. The log is followed before this process's other commits are
   * excluded, because that may take as long as a load; their effects are then in the view as well.
   */
  private void seeing(Lane lane, List<Pending> group) {
    Instant deadline = latest(group);
    replica.follow(deadline, retryUntil(group));
    exclusively(
        deadline,
        () -> {
          try (PendingCommit draft =
              new PendingCommit.Seeing(replica.lastSeen(), this::size, limits)) {
            attempt(lane, group, draft);
          }
        });
  }

  private void blind(Lane lane, List<Pending> group) {
    Instant deadline = latest(group);
    exclusively(
        deadline,
        () -> {
          GalleryHead head = store.until(retryUntil(group)).head(replica.id(), deadline);
          try (PendingCommit draft = new PendingCommit.Blind(head, this::size, limits)) {
            attempt(lane, group, draft);
          }
        });
  }

  private void exclusively(Instant deadline, Runnable work) {
    new Deadline(deadline, clock).lock(committing);
    try {
      work.run();
    } finally {
      committing.unlock();
    }
  }

  private void attempt(Lane lane, List<Pending> group, PendingCommit draft) {
    Map<Pending, Write> planned = plan(group, draft);
    if (!planned.isEmpty()) {
      commit(lane, planned, draft, latest(group));
    }
  }

  private WriteSize size(Write write) {
    return store.size(replica.id(), write);
  }

  private static Instant latest(List<Pending> group) {
    return group.stream().map(p -> p.deadline).reduce(Instant.MIN, GroupCommitter::later);
  }

  /** Returns the first time at which a write of the group is no longer retried. */
  private static Instant retryUntil(Collection<Pending> group) {
    return group.stream().map(p -> p.retryUntil).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Map<Pending, Write> plan(List<Pending> group, PendingCommit draft) {
    Map<Pending, Write> planned = new LinkedHashMap<>();
    for (Pending pending : group) {
      try {
        Write write = draft.write(pending.plan);
        if (write.isRecordOnly() && draft.isEmpty()) {
          pending.result.complete(() -> record(write, pending));
        } else {
          switch (draft.add(write)) {
            case ADDED -> planned.put(pending, write);
            case CONFLICTING -> {}
            case NO_ROOM -> {
              // a later, smaller write would overtake this one
              return planned;
            }
          }
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
        Optional.ofNullable(pending.uncertain)
            .flatMap(id -> operation(id, pending.deadline, pending.retryUntil));
    own.ifPresentOrElse(
        operation -> pending.complete(operation, null),
        () -> pending.result.completeExceptionally(refused));
  }

  /**
   * Stores the record of a write that changes nothing else. It needs no commit: its answer was true
   * at the position of its plan, and nothing depends on it.
   */
  private CommitResult record(Write write, Pending pending) {
    return store
        .until(pending.retryUntil)
        .record(replica.id().application(), write.operation(), pending.deadline)
        .map(before -> new CommitResult(before, null))
        .orElseGet(() -> new CommitResult(write.operation(), write));
  }

  private void commit(
      Lane lane, Map<Pending, Write> planned, PendingCommit draft, Instant deadline) {
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
      outcome = new CommitOutcome.OperationsDone(lookUp(planned, deadline));
    } catch (RuntimeException | Error failure) {
      failed(lane, planned, failure);
      return;
    }
    switch (outcome) {
      case CommitOutcome.Committed() -> {
        // the point of no return: from here on nothing can make these writes fail
        planned.forEach((pending, write) -> pending.complete(write.operation(), write));
        remember(commit);
      }
      case CommitOutcome.OperationsDone(var done) ->
          planned.forEach(
              (pending, write) -> {
                Operation operation = done.get(write.operation().id());
                if (operation != null) {
                  pending.complete(operation, null);
                }
              });
      case CommitOutcome.ConditionFailed(var operations) ->
          planned.forEach(
              (pending, write) -> {
                if (operations.contains(write.operation().id())) {
                  lane.separate(pending);
                }
              });
      case CommitOutcome.HeadMoved() -> {}
    }
  }

  /**
   * Applies a commit to the memory. If that fails the memory is dropped, and loaded again later.
   */
  private void remember(Commit commit) {
    try {
      replica.committed(commit);
    } catch (RuntimeException | Error dropped) {
      // the writes are durable, and the next reader loads the gallery
    }
  }

  /**
   * Handles a failure that a retry of the same commit would meet again. One of several writes may
   * have caused it, so each is retried by itself.
   */
  private void failed(Lane lane, Map<Pending, Write> planned, Throwable failure) {
    if (planned.size() > 1) {
      planned.keySet().forEach(lane::separate);
    } else {
      planned.keySet().forEach(pending -> pending.result.completeExceptionally(failure));
    }
  }

  /**
   * Returns the operations that have a record. After a lost response they show whether the commit
   * was done.
   */
  private Map<OperationId, Operation> lookUp(Map<Pending, Write> planned, Instant deadline) {
    Instant retryUntil = retryUntil(planned.keySet());
    return planned.values().stream()
        .map(write -> write.operation().id())
        .map(id -> operation(id, deadline, retryUntil))
        .flatMap(Optional::stream)
        .collect(Collectors.toMap(Operation::id, operation -> operation));
  }

  private Optional<Operation> operation(OperationId id, Instant deadline, Instant retryUntil) {
    return store.until(retryUntil).operation(replica.id().application(), id, deadline);
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
