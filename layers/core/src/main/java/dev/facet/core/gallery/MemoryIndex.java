package dev.facet.core.gallery;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.VectorKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory index of a gallery's templates, updated one log entry at a time. One thread at a
 * time may change it. Meanwhile any number of threads may read its views without locks: rows are
 * only ever added, and a removed row is stamped with the entry that removed it.
 */
final class MemoryIndex {

  /** The approximate heap memory of a subject in the index. */
  static final long BYTES_PER_SUBJECT = 200;

  /**
   * Compaction starts when removed rows outnumber both this value and a quarter of the live ones.
   */
  private static final long WORTH_TIDYING = 1024;

  private final VectorKernels kernels;
  private final RowMemory memory;
  private LogPosition position;
  private @Nullable String token = "";
  private long logBytes;
  private long count;
  private long removed;

  /** The removed rows when a compaction did not fit in memory; zero if the last one did. */
  private long postponed;

  private Map<String, RowStore> factors = new HashMap<>();
  private final Map<String, Integer> present = new HashMap<>();
  private Map<SubjectId, List<IndexView.Place>> subjects = new ConcurrentHashMap<>();

  /** Creates an empty index at a position, whose rows are in {@code memory}. */
  MemoryIndex(LogPosition position, VectorKernels kernels, RowMemory memory) {
    this.position = position;
    this.kernels = kernels;
    this.memory = memory;
  }

  /** Returns the position of the last applied log entry. */
  LogPosition position() {
    return position;
  }

  /** Returns the token of the last applied log entry; null if it has none, empty before it. */
  @Nullable String token() {
    return token;
  }

  /** Sets the epoch. It may change only while no entry has been applied. */
  void begin(String epoch) {
    position = new LogPosition(epoch, position.seq());
  }

  /**
   * Applies the next entry of the log.
   *
   * @throws InternalFault if the entry does not fit, which means that the log is damaged; NO_MEMORY
   *     if its rows do not fit in memory. The index is then half changed
   */
  void apply(LogEntry entry) {
    if (entry.seq() != position.seq() + 1) {
      throw new InternalFault(
          "log entry %d does not follow %d".formatted(entry.seq(), position.seq()));
    }
    for (LogChange change : entry.changes()) {
      List<IndexView.Place> before = subjects.getOrDefault(change.subject(), List.of());
      List<IndexView.Place> now = append(change);
      if (now.isEmpty()) {
        subjects.remove(change.subject());
      } else {
        subjects.put(change.subject(), now);
      }
      before.forEach(place -> remove(place, entry.seq()));
      logBytes -= bytes(change.subject(), before);
      count += now.size() - before.size();
      removed += before.size();
    }
    position = new LogPosition(position.epoch(), entry.seq());
    token = entry.token();
    logBytes += entry.bytes();
    if (removed - postponed > Math.max(WORTH_TIDYING, count / 4)) {
      tidy();
    }
  }

  /** Returns the size of the change that added these rows, which the next sweep erases. */
  private static long bytes(SubjectId subject, List<IndexView.Place> places) {
    return places.isEmpty()
        ? 0
        : LogEntry.changeBytes(subject)
            + places.stream()
                .mapToLong(p -> LogEntry.templateBytes(p.factor(), p.block().dimension(), p.norm()))
                .sum();
  }

  /** Removes a row. Without its last row, a factor may begin again with another dimension. */
  private void remove(IndexView.Place place, long seq) {
    place.block().remove(place.row(), seq);
    if (present.merge(place.factor(), -1, Integer::sum) == 0) {
      present.remove(place.factor());
      factors.remove(place.factor());
    }
  }

  private List<IndexView.Place> append(LogChange change) {
    List<IndexView.Place> places = new ArrayList<>();
    for (Template template : change.templates()) {
      places.add(append(factors, change.subject(), template, change.excluded()));
      present.merge(template.factor(), 1, Integer::sum);
    }
    return List.copyOf(places);
  }

  private IndexView.Place append(
      Map<String, RowStore> to, SubjectId subject, Template template, boolean excluded) {
    String factor = template.factor();
    RowStore rows = to.getOrDefault(factor, RowStore.none(template.dimension(), memory));
    if (rows.dimension() != template.dimension()) {
      throw new InternalFault(
          "a template of %d coordinates in a gallery of %d"
              .formatted(template.dimension(), rows.dimension()));
    }
    RowStore grown = rows.append(subject, template, excluded);
    to.put(factor, grown);
    return new IndexView.Place(factor, grown.last(), grown.inLast() - 1);
  }

  /**
   * Compacts the index: copies the live rows into new blocks. Earlier views keep the old blocks. If
   * the copy does not fit in memory, the index stays as it is until as many rows again are removed.
   */
  private void tidy() {
    long copy =
        present.entrySet().stream()
            .mapToLong(
                factor -> RowStore.offHeapBytes(factor.getValue(), dimension(factor.getKey())))
            .sum();
    Map<String, RowStore> rows = new HashMap<>();
    Map<SubjectId, List<IndexView.Place>> moved = new ConcurrentHashMap<>();
    postponed = removed;
    if (!memory.hasRoom(copy)) {
      return;
    }
    try {
      subjects.forEach((subject, places) -> moved.put(subject, copied(rows, subject, places)));
    } catch (InternalFault takenByOthers) {
      return;
    }
    factors = rows;
    subjects = moved;
    removed = 0;
    postponed = 0;
  }

  private int dimension(String factor) {
    return Objects.requireNonNull(factors.get(factor)).dimension();
  }

  private List<IndexView.Place> copied(
      Map<String, RowStore> rows, SubjectId subject, List<IndexView.Place> places) {
    return places.stream()
        .map(place -> append(rows, subject, place.template(), place.excluded()))
        .toList();
  }

  /** Returns the approximate size in bytes of the applied log entries, once they are swept. */
  long logBytes() {
    return logBytes;
  }

  /** Returns the approximate memory in bytes. */
  long bytes() {
    return factors.values().stream().mapToLong(RowStore::bytes).sum()
        + BYTES_PER_SUBJECT * subjects.size();
  }

  /** Returns a view of the current state. */
  IndexView view() {
    return new IndexView(
        position,
        token,
        count,
        Map.copyOf(factors),
        Map.copyOf(present),
        subjects,
        bytes(),
        logBytes,
        kernels);
  }
}
