package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.Kernels;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The galleries in this process's memory: those used last, as many as the limit admits. Safe for
 * concurrent use. One that is dropped while in use goes on working; it is only not found again.
 */
public final class Galleries {

  private static final int PRIMING_SEARCHES = 50;

  private final GalleryStore store;
  private final GalleryLimits limits;
  private final Waiting waiting;
  private final RandomGenerator random;
  private final Kernels kernels = Kernels.fastest();
  private final Map<GalleryId, LiveGallery> open = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param store where the galleries are kept
   * @param limits what the deployment admits
   * @param clock tells deadlines
   * @param random for jitter, epochs and tokens; safe for concurrent use, need not be secret
   */
  public Galleries(
      GalleryStore store, GalleryLimits limits, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.limits = limits;
    this.waiting = new Waiting(clock, random);
    this.random = random;
  }

  /** The store behind them, for what concerns a single record. */
  public GalleryStore store() {
    return store;
  }

  /** A gallery; it is loaded when it is first read. */
  public synchronized LiveGallery open(GalleryId id) {
    LiveGallery gallery =
        open.computeIfAbsent(
            id, absent -> new LiveGallery(id, store, limits, waiting, kernels, random));
    makeRoom(gallery);
    return gallery;
  }

  /** A gallery as this process last saw it, if it has it in memory; nothing is read. */
  public synchronized Optional<GalleryView> inMemory(GalleryId id) {
    return Optional.ofNullable(open.get(id)).map(LiveGallery::lastSeen);
  }

  /**
   * Searches a made-up gallery until the code for it is compiled, so that no caller has to wait for
   * that: before then a search takes a hundred times as long. It keeps a core busy for less than a
   * second.
   */
  public void prime() {
    GalleryMemory memory = new GalleryMemory(Position.START, kernels);
    float[] vector = new float[512];
    vector[0] = 1;
    Template template = new Template("", vector);
    for (int seq = 1; seq <= Rows.LARGEST_CAPACITY; seq++) {
      SubjectId subject = new SubjectId("" + seq);
      memory.apply(new LogEntry(seq, List.of(new Change.Put(subject, List.of(template)))));
    }
    for (int i = 0; i < PRIMING_SEARCHES; i++) {
      memory.view().search(template, 1, 1);
    }
  }

  private void makeRoom(LiveGallery wanted) {
    long bytes = open.values().stream().mapToLong(LiveGallery::bytes).sum();
    Iterator<LiveGallery> leastRecent = open.values().iterator();
    while (bytes > limits.cacheBytes() && leastRecent.hasNext()) {
      LiveGallery gallery = leastRecent.next();
      if (gallery != wanted) {
        bytes -= gallery.bytes();
        leastRecent.remove();
      }
    }
  }
}
