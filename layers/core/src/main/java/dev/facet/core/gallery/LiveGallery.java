package dev.facet.core.gallery;

import dev.facet.core.faults.GalleryFull;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.vector.Kernels;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * One gallery in this process's memory, which follows the gallery's log. Safe for concurrent use.
 *
 * <p>Every use reads the log's tail first, so it sees whatever any process committed before. The
 * memory is trusted only while the log goes on where it left off: in the same epoch, with nothing
 * dropped that it has not seen; otherwise it is built anew.
 */
public final class LiveGallery {

  private static final int PAUSE_MILLIS = 5;
  private static final long EMPTY_BYTES = 64 << 10;

  private final GalleryId id;
  private final GalleryStore store;
  private final GalleryLimits limits;
  private final Waiting waiting;
  private final Kernels kernels;
  private final GroupCommitter committer;

  private final ReentrantLock following = new ReentrantLock();
  private GalleryMemory memory;
  private boolean loaded;
  private volatile MemoryView view;
  private final AtomicLong begun = new AtomicLong();
  private long finished;

  LiveGallery(
      GalleryId id,
      GalleryStore store,
      GalleryLimits limits,
      Waiting waiting,
      Kernels kernels,
      RandomGenerator random) {
    this.id = id;
    this.store = store;
    this.limits = limits;
    this.waiting = waiting;
    this.kernels = kernels;
    this.memory = new GalleryMemory(Position.START, kernels);
    this.view = memory.view();
    this.committer = new GroupCommitter(this, store, limits, waiting, random);
  }

  /** Which gallery. */
  public GalleryId id() {
    return id;
  }

  /**
   * The gallery with everything that was committed before this was called.
   *
   * @throws TransientFault TIMEOUT at the deadline; what was read until then is kept, so that a
   *     large gallery is there after a few attempts
   * @throws GalleryFull if the gallery is larger than this deployment can hold
   */
  public GalleryView current(Instant deadline) {
    return follow(deadline);
  }

  /**
   * Commits a write, again and again if others come first.
   *
   * @return what was done: this, or the same operation before
   * @throws TransientFault if it was not known to be done at the deadline; it may be done yet
   * @throws dev.facet.core.faults.Fault what the plan throws
   */
  public Done commit(Plan plan, Instant deadline) {
    return committer.commit(plan, deadline);
  }

  /** What was read last; others may have committed since. */
  GalleryView lastSeen() {
    return view;
  }

  /**
   * About how much memory it takes. An empty one counts too: or a caller who makes up versions
   * fills the memory with galleries of nothing, and the time of whoever goes through them.
   */
  long bytes() {
    return EMPTY_BYTES + view.bytes();
  }

  /**
   * Reads the tail, unless another thread has both begun and finished to do so since this was
   * called.
   */
  MemoryView follow(Instant deadline) {
    long before = begun.get();
    waiting.lock(following, deadline);
    try {
      if (finished <= before) {
        long reading = begun.incrementAndGet();
        while (!catchUp(deadline)) {
          memory = new GalleryMemory(Position.START, kernels);
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

  /** Brings the memory up to the head; false if it has to be built anew. */
  private boolean catchUp(Instant deadline) {
    if (!loaded) {
      load(store.head(id, deadline));
    }
    while (true) {
      waiting.left(deadline);
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
      waiting.pause(PAUSE_MILLIS, deadline);
    }
  }

  private void load(GalleryHead head) {
    if (head.floor() > 1) {
      throw new InternalFault("the log begins at %d: a snapshot is needed".formatted(head.floor()));
    }
    if (head.count() > limits.maxTemplates()) {
      throw new GalleryFull(limits.maxTemplates());
    }
    memory.begin(head.position().epoch());
    loaded = true;
  }

  /** Applies the entries up to the first gap; whether there was none. */
  private boolean applyInOrder(LogPage page) {
    for (LogEntry entry : page.entries()) {
      if (entry.seq() != memory.position().seq() + 1) {
        return false;
      }
      memory.apply(entry);
    }
    return true;
  }

  /** Whether the memory is a state that the log went through, and nothing after it is missing. */
  private boolean continues(GalleryHead head) {
    Position applied = memory.position();
    if (applied.equals(Position.START)) {
      memory.begin(head.position().epoch());
      return head.floor() == 1;
    }
    return applied.epoch().equals(head.position().epoch()) && applied.seq() >= head.floor() - 1;
  }
}
