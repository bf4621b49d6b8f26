package dev.facet.core.gallery;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An in-memory index of a gallery's templates, updated one log entry at a time. One thread at a
 * time may change it. Meanwhile any number of threads may read its views without locks: rows are
 * only ever added, and a removed row is stamped with the entry that removed it.
 */
final class GalleryMemory {

  /** Compaction starts when removed rows outnumber both this value and the live rows. */
  private static final long WORTH_TIDYING = 1024;

  private final Kernels kernels;
  private Position position;
  private long count;
  private long removed;
  private Map<String, Rows> factors = new HashMap<>();
  private Map<SubjectId, List<MemoryView.Place>> subjects = new ConcurrentHashMap<>();

  /** Creates an empty index at a position. */
  GalleryMemory(Position position, Kernels kernels) {
    this.position = position;
    this.kernels = kernels;
  }

  /** Returns the position of the last applied log entry. */
  Position position() {
    return position;
  }

  /** Sets the epoch. It may change only while no entry has been applied. */
  void begin(String epoch) {
    position = new Position(epoch, position.seq());
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
    for (Change change : entry.changes()) {
      List<MemoryView.Place> before = subjects.getOrDefault(change.subject(), List.of());
      List<MemoryView.Place> now = append(change);
      if (now.isEmpty()) {
        subjects.remove(change.subject());
      } else {
        subjects.put(change.subject(), now);
      }
      before.forEach(place -> place.block().remove(place.row(), entry.seq()));
      count += now.size() - before.size();
      removed += before.size();
    }
    position = new Position(position.epoch(), entry.seq());
    if (removed > Math.max(WORTH_TIDYING, count)) {
      tidy();
    }
  }

  private List<MemoryView.Place> append(Change change) {
    List<MemoryView.Place> places = new ArrayList<>();
    for (Template template : change.templates()) {
      places.add(append(change.subject(), template.factor(), template.vector()));
    }
    return List.copyOf(places);
  }

  private MemoryView.Place append(SubjectId subject, String factor, float[] vector) {
    Rows rows = factors.computeIfAbsent(factor, f -> Rows.none(vector.length));
    if (rows.dimension() != vector.length) {
      throw new InternalFault(
          "a template of %d coordinates in a gallery of %d"
              .formatted(vector.length, rows.dimension()));
    }
    Rows grown = rows.append(subject, vector);
    factors.put(factor, grown);
    return new MemoryView.Place(factor, grown.last(), grown.inLast() - 1);
  }

  /**
   * Compacts the index: copies the live rows into new blocks. Earlier views keep the old blocks.
   */
  private void tidy() {
    Map<SubjectId, List<MemoryView.Place>> old = subjects;
    Map<String, Rows> emptied = new HashMap<>();
    factors.forEach((factor, rows) -> emptied.put(factor, Rows.none(rows.dimension())));
    factors = emptied;
    subjects = new ConcurrentHashMap<>();
    removed = 0;
    old.forEach(
        (subject, places) ->
            subjects.put(
                subject,
                places.stream()
                    .map(place -> append(subject, place.factor(), place.vector()))
                    .toList()));
  }

  /** Returns a view of the current state. */
  MemoryView view() {
    long bytes = factors.values().stream().mapToLong(Rows::bytes).sum() + 200L * subjects.size();
    return new MemoryView(position, count, Map.copyOf(factors), subjects, bytes, kernels);
  }
}
