package dev.facet.core.gallery;

import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.retry.Backoff;
import dev.facet.core.retry.Deadline;
import dev.facet.core.vector.VectorKernels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A replica of one gallery that tails the gallery's log. Safe for concurrent use.
 *
 * <p>Every use reads the log's tail first, so it sees all earlier commits of any process. The
 * memory is valid only while the log continues from its position: in the same epoch, with the same
 * last entry, and without an unseen entry that was dropped. Otherwise the replica is rebuilt.
 *
 * <p>A read of the log is not isolated from commits, so that an entry may be missing or ahead of
 * the head for a moment. If that lasts for a second the log is damaged.
 */
final class GalleryReplica {

  private static final Backoff PAUSE = new Backoff(Duration.ofMillis(5), Duration.ofMillis(100));
  private static final Duration GAP_TIMEOUT = Duration.ofSeconds(1);
  private static final long EMPTY_BYTES = 64 << 10;
  private static final long NOTHING_READ = -1;

  private final GalleryId id;
  private final RetryingReads store;
  private final GalleryLimits limits;
  private final InstantSource clock;
  private final VectorKernels kernels;
  private final RowMemory rows;
  private final RandomGenerator random;

  private final ReentrantLock following = new ReentrantLock();
  private MemoryIndex memory;
  private boolean loaded;

  /** The last entry that was in the log when the load began: up to it the log is history. */
  private long history;

  private volatile IndexView view;
  private volatile long memoryBytes;
  private @Nullable Gap gap;
  private final AtomicLong begun = new AtomicLong();
  private long finished;

  GalleryReplica(
      GalleryId id,
      RetryingReads store,
      GalleryLimits limits,
      InstantSource clock,
      VectorKernels kernels,
      RowMemory rows,
      RandomGenerator random) {
    this.id = id;
    this.store = store;
    this.limits = limits;
    this.clock = clock;
    this.kernels = kernels;
    this.rows = rows;
    this.random = random;
    this.memory = new MemoryIndex(LogPosition.START, kernels, rows);
    this.view = memory.view();
  }

  /** Returns the id of the gallery. */
  GalleryId id() {
    return id;
  }

  /** Returns the last view that was read; there may be newer commits. */
  IndexView lastSeen() {
    return view;
  }

  /**
   * Returns the approximate memory in bytes, also while a gallery is loaded. An empty gallery
   * counts too: otherwise made-up versions could fill the memory with empty galleries and slow down
   * every scan of the cache.
   */
  long bytes() {
    return EMPTY_BYTES + Math.max(memoryBytes, view.bytes());
  }

  /**
   * Reads the log's tail, unless another thread began and finished a read since this call started.
   *
   * @param retryUntil the time from which no failed read is repeated
   * @return a view with every commit that was made before this call
   * @throws TransientFault TIMEOUT at the deadline or after a failed read; entries read until then
   *     are kept, so that a large gallery is loaded after a few attempts
   * @throws GalleryFull if the gallery is larger than this deployment can hold
   * @throws InternalFault DAMAGED_LOG if the log is inconsistent for a second; LOG_TOO_LONG if it
   *     is longer than this deployment may load; NO_MEMORY if the gallery does not fit in memory
   */
  IndexView follow(Instant deadline, Instant retryUntil) {
    GalleryStore reads = store.until(retryUntil);
    long before = begun.get();
    new Deadline(deadline, clock).lock(following);
    try {
      if (finished <= before) {
        long reading = begun.incrementAndGet();
        boolean rebuilt = !catchUp(reads, deadline);
        if (rebuilt) {
          forget();
          if (!catchUp(reads, deadline)) {
            forget();
            throw damaged("an entry contradicts the one before it");
          }
        }
        if (rebuilt || !memory.position().equals(view.position())) {
          view = memory.view();
        }
        finished = reading;
      }
      return view;
    } finally {
      memoryBytes = memory.bytes();
      following.unlock();
    }
  }

  /** Applies this process's own commit, which saves reading it, unless it was read already. */
  void committed(Commit commit) {
    following.lock();
    try {
      if (memory.position().equals(commit.expected()) && commit.entry().mayFollow(memory.token())) {
        memory.begin(commit.epoch());
        apply(commit.entry());
        view = memory.view();
      }
    } finally {
      following.unlock();
    }
  }

  /** Starts again with an empty memory; the view remains until the next one is complete. */
  private void forget() {
    memory = new MemoryIndex(LogPosition.START, kernels, rows);
    loaded = false;
    history = 0;
  }

  /** Brings the memory up to the head; returns false if it has to be rebuilt. */
  private boolean catchUp(GalleryStore reads, Instant deadline) {
    Deadline limit = new Deadline(deadline, clock);
    if (!loaded) {
      load(reads.head(id, deadline));
    }
    while (true) {
      limit.left();
      long applied = memory.position().seq();
      boolean past = applied < history;
      long from = Math.max(1, applied);
      LogPage page = past ? reads.history(id, from, deadline) : reads.log(id, from, deadline);
      if (!continues(page, past, reads, deadline)) {
        return false;
      }
      switch (applyInOrder(page)) {
        case CONTRADICTION -> {
          return false;
        }
        case GAP -> {
          history = 0;
          if (!past) {
            await("entry %d is missing".formatted(memory.position().seq() + 1), limit);
          }
        }
        case WHOLE -> {
          GalleryHead head = page.head();
          if (past) {
            checkLength(memory.logBytes());
            history = head == null ? history : 0;
          } else if (head != null && reached(head, limit)) {
            return true;
          }
        }
      }
      memoryBytes = memory.bytes();
    }
  }

  private void load(GalleryHead head) {
    if (head.floor() > 1) {
      throw new InternalFault(
          "The log begins at entry %d: this version cannot load a gallery from a snapshot."
              .formatted(head.floor()));
    }
    if (head.count() > limits.maxTemplates()) {
      throw new GalleryFull(limits.maxTemplates());
    }
    limits.checkMemory(head.count(), head.dimensions());
    rows.require(offHeapBytes(head));
    checkLength(head.bytes());
    memory.begin(head.position().epoch());
    history = head.position().seq();
    loaded = true;
  }

  /** Returns the off-heap memory of a gallery if all its templates are of its longest factor. */
  private static long offHeapBytes(GalleryHead head) {
    return head.dimensions().values().stream()
        .mapToLong(dimension -> RowStore.offHeapBytes(head.count(), dimension))
        .max()
        .orElse(0);
  }

  private void checkLength(long logBytes) {
    if (logBytes > limits.maxLogBytes()) {
      throw new InternalFault(
          InternalFault.Kind.LOG_TOO_LONG,
          ("The log of gallery %s has %d MB; maxTemplates (%d) allows to load %d MB. Raise"
                  + " maxTemplates, or delete subjects: the hourly sweep then shortens the log.")
              .formatted(id, mb(logBytes), limits.maxTemplates(), mb(limits.maxLogBytes())));
    }
  }

  private static long mb(long bytes) {
    return bytes / 1_000_000;
  }

  /**
   * Returns whether the log went through the state in memory and no later entry was dropped. A page
   * of history may lack the entry: the next page is then strongly consistent.
   */
  private boolean continues(LogPage page, boolean past, GalleryStore reads, Instant deadline) {
    LogPosition applied = memory.position();
    GalleryHead head = page.head();
    if (applied.seq() == 0) {
      if (head == null || past) {
        return true;
      }
      memory.begin(head.position().epoch());
      return head.floor() == 1;
    }
    if (!page.entries().isEmpty() && page.entries().getFirst().seq() == applied.seq()) {
      return Objects.equals(page.entries().getFirst().token(), memory.token())
          && (past || head == null || isSameLog(head));
    }
    if (past) {
      history = 0;
      return true;
    }
    GalleryHead now = head == null ? reads.head(id, deadline) : head;
    return isSameLog(now) && now.floor() > applied.seq();
  }

  private boolean isSameLog(GalleryHead head) {
    LogPosition applied = memory.position();
    return applied.epoch().equals(head.position().epoch()) && applied.seq() >= head.floor() - 1;
  }

  private enum Applied {
    WHOLE,
    GAP,
    CONTRADICTION
  }

  /** Applies the new entries up to the first gap or contradiction. */
  private Applied applyInOrder(LogPage page) {
    for (LogEntry entry : page.entries()) {
      long next = memory.position().seq() + 1;
      if (entry.seq() > next) {
        return Applied.GAP;
      }
      if (entry.seq() == next) {
        if (!entry.mayFollow(memory.token())) {
          return Applied.CONTRADICTION;
        }
        try {
          apply(entry);
        } catch (InternalFault fault) {
          if (fault.kind() == InternalFault.Kind.NO_MEMORY) {
            throw fault;
          }
          return Applied.CONTRADICTION;
        }
      }
    }
    return Applied.WHOLE;
  }

  /**
   * Applies an entry. A failure may leave the memory half changed, so it is dropped, and its last
   * view too: it holds memory that the next load may need. No reader can be given the empty view,
   * because each one now reads the log first.
   */
  private void apply(LogEntry entry) {
    boolean done = false;
    try {
      memory.apply(entry);
      done = true;
    } finally {
      if (!done) {
        forget();
        view = memory.view();
        finished = NOTHING_READ;
      }
    }
  }

  /** Returns whether the memory is at the head; waits if the read was not isolated. */
  private boolean reached(GalleryHead head, Deadline limit) {
    long applied = memory.position().seq();
    long last = head.position().seq();
    if (applied == last) {
      gap = null;
      return true;
    }
    await(
        last < applied
            ? "entry %d is beyond the head, which is at %d".formatted(applied, last)
            : "entry %d is missing".formatted(applied + 1),
        limit);
    return false;
  }

  /** An inconsistency of the log, and when it was first seen. */
  private record Gap(String what, Instant since, int reads) {}

  private void await(String what, Deadline limit) {
    Instant now = clock.instant();
    Gap seen = gap != null && gap.what().equals(what) ? gap : new Gap(what, now, 0);
    gap = new Gap(what, seen.since(), seen.reads() + 1);
    if (Duration.between(seen.since(), now).compareTo(GAP_TIMEOUT) >= 0) {
      throw damaged(what);
    }
    limit.pause(Math.toIntExact(PAUSE.after(gap.reads()).toMillis()), random);
  }

  private InternalFault damaged(String what) {
    return new InternalFault(
        InternalFault.Kind.DAMAGED_LOG,
        "The log of gallery %s is damaged: %s. './facet restore' rebuilds it from the subjects' records."
            .formatted(id, what));
  }
}
