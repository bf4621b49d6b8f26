package dev.facet.core.gallery;

import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.retry.Deadline;
import dev.facet.core.vector.VectorKernels;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A replica of one gallery that tails the gallery's log. Safe for concurrent use.
 *
 * <p>Every use reads the log's tail first, so it sees all earlier commits of any process. The
 * memory is valid only while the log continues from its position: in the same epoch, and without an
 * unseen entry that was dropped. Otherwise the replica is rebuilt.
 */
final class GalleryReplica {

  private static final int MAX_PAUSE_MILLIS = 5;
  private static final long EMPTY_BYTES = 64 << 10;

  private final GalleryId id;
  private final GalleryStore store;
  private final GalleryLimits limits;
  private final InstantSource clock;
  private final VectorKernels kernels;
  private final RandomGenerator random;

  private final ReentrantLock following = new ReentrantLock();
  private MemoryIndex memory;
  private boolean loaded;
  private volatile IndexView view;
  private final AtomicLong begun = new AtomicLong();
  private long finished;

  GalleryReplica(
      GalleryId id,
      GalleryStore store,
      GalleryLimits limits,
      InstantSource clock,
      VectorKernels kernels,
      RandomGenerator random) {
    this.id = id;
    this.store = store;
    this.limits = limits;
    this.clock = clock;
    this.kernels = kernels;
    this.random = random;
    this.memory = new MemoryIndex(LogPosition.START, kernels);
    this.view = memory.view();
  }

  /** Returns the id of the gallery. */
  GalleryId id() {
    return id;
  }

  /** Returns the last view that was read; there may be newer commits. */
  GalleryView lastSeen() {
    return view;
  }

  /**
   * Returns the approximate memory in bytes. An empty gallery counts too: otherwise made-up
   * versions could fill the memory with empty galleries and slow down every scan of the cache.
   */
  long bytes() {
    return EMPTY_BYTES + view.bytes();
  }

  /**
   * Reads the log's tail, unless another thread began and finished a read since this call started.
   *
   * @return a view with every commit that was made before this call
   * @throws TransientFault TIMEOUT at the deadline; entries read until then are kept, so that a
   *     large gallery is loaded after a few attempts
   * @throws GalleryFull if the gallery is larger than this deployment can hold
   */
  IndexView follow(Instant deadline) {
    long before = begun.get();
    new Deadline(deadline, clock).lock(following);
    try {
      if (finished <= before) {
        long reading = begun.incrementAndGet();
        while (!catchUp(deadline)) {
          memory = new MemoryIndex(LogPosition.START, kernels);
          loaded = false;
        }
        if (!memory.position().equals(view.position())) {
          view = memory.view();
        }
        finished = reading;
      }
      return view;
    } finally {
      following.unlock();
    }
  }

  /** Applies this process's own commit, which saves reading it, unless it was read already. */
  void committed(Commit commit) {
    following.lock();
    try {
      if (memory.position().equals(commit.expected())) {
        memory.begin(commit.epoch());
        memory.apply(commit.entry());
        view = memory.view();
      }
    } finally {
      following.unlock();
    }
  }

  /** Brings the memory up to the head; returns false if it has to be rebuilt. */
  private boolean catchUp(Instant deadline) {
    if (!loaded) {
      load(store.head(id, deadline));
    }
    Deadline limit = new Deadline(deadline, clock);
    while (true) {
      limit.left();
      LogPage page = store.log(id, memory.position().seq() + 1, deadline);
      boolean whole = applyInOrder(page);
      if (whole && page.head() == null) {
        continue;
      }
      GalleryHead head = page.head() == null ? store.head(id, deadline) : page.head();
      if (!continues(head)) {
        return false;
      }
      if (whole && memory.position().seq() == head.position().seq()) {
        return true;
      }
      limit.pause(MAX_PAUSE_MILLIS, random);
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
    memory.begin(head.position().epoch());
    loaded = true;
  }

  /** Applies the entries up to the first gap; returns whether the page has no gap. */
  private boolean applyInOrder(LogPage page) {
    for (LogEntry entry : page.entries()) {
      if (entry.seq() != memory.position().seq() + 1) {
        return false;
      }
      memory.apply(entry);
    }
    return true;
  }

  /** Returns whether the log went through the state in memory and no later entry was dropped. */
  private boolean continues(GalleryHead head) {
    LogPosition applied = memory.position();
    if (applied.equals(LogPosition.START)) {
      memory.begin(head.position().epoch());
      return head.floor() == 1;
    }
    return applied.epoch().equals(head.position().epoch()) && applied.seq() >= head.floor() - 1;
  }
}
