package dev.facet.core.restore;

import dev.facet.core.crypto.RandomText;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.LogChange;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogPosition;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.WriteSize;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The new log of a gallery, made of its subjects' records under a new epoch. It holds at most one
 * entry in memory.
 */
final class RebuiltLog {

  /** Below the limit of an entry, because sizes are approximate. */
  private static final long MAX_BYTES = WriteSize.MAX_ENTRY_BYTES * 3 / 4;

  private final GalleryId gallery;
  private final RestoredStore store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Integer> dimensions = new HashMap<>();
  private final List<LogChange> changes = new ArrayList<>();
  private long changeBytes;
  private long seq;
  private String token = "";
  private long logBytes;
  private long templates;

  RebuiltLog(GalleryId gallery, RestoredStore store, InstantSource clock, RandomGenerator random) {
    this.gallery = gallery;
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /** Returns the number of templates. */
  long templates() {
    return templates;
  }

  void add(Subject subject) {
    LogChange change = new LogChange.Put(subject.id(), subject.templates(), subject.excluded());
    long bytes = LogEntry.bytes(change);
    if (!changes.isEmpty()
        && (changes.size() == Commit.MAX_WRITES || changeBytes + bytes > MAX_BYTES)) {
      append();
    }
    changes.add(change);
    changeBytes += bytes;
    templates += subject.templates().size();
    subject.templates().forEach(each -> dimensions.put(each.factor(), each.dimension()));
  }

  /** Completes the log. One without subjects has an empty entry, so that its epoch has begun. */
  void complete() {
    if (!changes.isEmpty() || seq == 0) {
      append();
    }
    store.complete(
        gallery,
        new GalleryHead(
            new LogPosition(RandomText.hex(random, 8), seq),
            1,
            templates,
            dimensions,
            null,
            token,
            logBytes));
  }

  private void append() {
    String next = RandomText.hex(random, 8);
    seq++;
    LogEntry entry = new LogEntry(seq, changes, new LogEntry.Stamp(clock.instant(), next, token));
    store.append(gallery, entry);
    token = next;
    logBytes += entry.bytes();
    changes.clear();
    changeBytes = 0;
  }
}
