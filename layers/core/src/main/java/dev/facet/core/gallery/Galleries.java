package dev.facet.core.gallery;

import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A least-recently-used cache of galleries in this process, bounded by memory. Safe for concurrent
 * use. A gallery that is evicted while in use goes on working; later lookups no longer return it.
 */
public final class Galleries {

  private static final int WARM_UP_SEARCHES = 50;

  private final RetryingReads store;
  private final GalleryLimits limits;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final VectorKernels kernels = VectorKernels.fastest();
  private final RowMemory rows;
  private final Map<GalleryId, Gallery> open = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param store the storage of the galleries
   * @param limits the limits of the deployment
   * @param clock the clock for deadlines
   * @param random for jitter, epochs and tokens; safe for concurrent use, need not be secret
   */
  public Galleries(
      GalleryStore store, GalleryLimits limits, InstantSource clock, RandomGenerator random) {
    this.store = new RetryingReads(store, new Retries(clock, Thread::sleep, random));
    this.limits = limits;
    this.rows = new RowMemory(limits.rowBytes());
    this.clock = clock;
    this.random = random;
  }

  /**
   * Returns the store, for access to single records. It repeats failed reads until their deadline,
   * and then throws a TIMEOUT.
   */
  public GalleryStore store() {
    return store;
  }

  /** Returns the store for a caller that repeats no failed read after another time. */
  public GalleryStore store(Instant retryUntil) {
    return store.until(retryUntil);
  }

  /** Returns a gallery. It is loaded on its first read. */
  public synchronized Gallery open(GalleryId id) {
    Gallery gallery =
        open.computeIfAbsent(
            id, absent -> new Gallery(id, store, limits, clock, kernels, rows, random));
    makeRoom(gallery);
    return gallery;
  }

  /** Returns the last view of a gallery if this process has read entries of it. Reads nothing. */
  public synchronized Optional<GalleryView> inMemory(GalleryId id) {
    return Optional.ofNullable(open.get(id))
        .map(Gallery::lastSeen)
        .filter(view -> view.position().seq() > 0);
  }

  /**
   * Returns the highest similarity of a record's templates to a probe (1:1), with the same bits as
   * a search; empty if it has no template of the probe's factor or is excluded.
   *
   * @param weighing the rule of the gallery's bundle
   * @throws IllegalArgumentException if such a template has another dimension than the probe
   */
  public OptionalDouble similarity(Subject record, Template probe, Weighing weighing) {
    return IndexView.similarity(record, probe, weighing, kernels);
  }

  /**
   * Searches a synthetic gallery until the search code is compiled, so that no caller waits for the
   * JIT compiler: before then a search takes a hundred times as long. This keeps a core busy for
   * less than a second.
   */
  public void warmUp() {
    try (Arena arena = Arena.ofConfined()) {
      warmUp(new MemoryIndex(LogPosition.START, kernels, RowMemory.of(arena)));
    }
  }

  private static void warmUp(MemoryIndex memory) {
    float[] vector = new float[512];
    vector[0] = 1;
    Template template = new Template("", vector);
    for (int seq = 1; seq <= RowStore.MAX_CAPACITY; seq++) {
      SubjectId subject = new SubjectId("" + seq);
      memory.apply(new LogEntry(seq, List.of(new LogChange.Put(subject, List.of(template)))));
    }
    for (int i = 0; i < WARM_UP_SEARCHES; i++) {
      memory.view().search(template, 1, 1);
    }
  }

  private void makeRoom(Gallery wanted) {
    long bytes = open.values().stream().mapToLong(Gallery::bytes).sum();
    Iterator<Gallery> leastRecent = open.values().iterator();
    while (bytes > limits.cacheBytes() && leastRecent.hasNext()) {
      Gallery gallery = leastRecent.next();
      if (gallery != wanted) {
        bytes -= gallery.bytes();
        leastRecent.remove();
      }
    }
  }
}
