package dev.facet.core.gallery;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.VectorKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private LogPosition position;
  private @Nullable String token = "";
  private long logBytes;
  private long count;
  private long removed;
  private Map<String, RowStore> factors = new HashMap<>();
  private final Map<String, Integer> present = new HashMap<>();
  private Map<SubjectId, List<IndexView.Place>> subjects = new ConcurrentHashMap<>();

  /** Creates an empty index at a position. */
  MemoryIndex(LogPosition position, VectorKernels kernels) {
    this.position = position;
    this.kernels = kernels;
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
   * @throws InternalFault if the entry does not fit, which means that the log is damaged
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
    if (removed > Math.max(WORTH_TIDYING, count / 4)) {
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
      places.add(append(change.subject(), template, change.excluded()));
    }
    return List.copyOf(places);
  }

  private IndexView.Place append(SubjectId subject, Template template, boolean excluded) {
    String factor = template.factor();
    RowStore rows = factors.computeIfAbsent(factor, f -> RowStore.none(template.dimension()));
    if (rows.dimension() != template.dimension()) {
      throw new InternalFault(
          "a template of %d coordinates in a gallery of %d"
              .formatted(template.dimension(), rows.dimension()));
    }
    RowStore grown = rows.append(subject, template, excluded);
    factors.put(factor, grown);
    present.merge(factor, 1, Integer::sum);
    return new IndexView.Place(factor, grown.last(), grown.inLast() - 1);
  }

  /**
   * Compacts the index: copies the live rows into new blocks. Earlier views keep the old blocks.
   */
  private void tidy() {
    Map<SubjectId, List<IndexView.Place>> old = subjects;
    Map<String, RowStore> emptied = new HashMap<>();
    factors.forEach((factor, rows) -> emptied.put(factor, RowStore.none(rows.dimension())));
    factors = emptied;
    present.clear();
    subjects = new ConcurrentHashMap<>();
    removed = 0;
    old.forEach(
        (subject, places) ->
            subjects.put(
                subject,
                places.stream()
                    .map(place -> append(subject, place.template(), place.excluded()))
                    .toList()));
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
