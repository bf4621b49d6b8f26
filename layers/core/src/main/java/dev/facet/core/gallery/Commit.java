package dev.facet.core.gallery;

import java.util.List;
import java.util.Map;

/**
 * Writes that become visible together, as the next entry of a gallery's log.
 *
 * @param gallery whose log
 * @param expected the head's position that the writes were planned at
 * @param epoch the head's epoch from now on: the expected one, or a new one for a first write
 * @param count templates of enrolled subjects after it
 * @param dimensions coordinates per factor after it
 * @param writes 1..{@value #MAX_WRITES}, no two of which touch the same item
 * @param token tells this attempt from others, so that a repetition on the wire is recognised
 */
public record Commit(
    GalleryId gallery,
    Position expected,
    String epoch,
    long count,
    Map<String, Integer> dimensions,
    List<Write> writes,
    String token) {

  /** The most writes that share a commit. */
  public static final int MAX_WRITES = 32;

  /** The most items of all writes: a transaction has 100, the head and the log entry among them. */
  public static final int MAX_ITEMS = 98;

  /** The most bytes of templates: a log entry stays below 350 KB. */
  public static final long MAX_TEMPLATE_BYTES = 340 << 10;

  /** Checks the limits. */
  public Commit {
    if (writes.isEmpty()
        || writes.size() > MAX_WRITES
        || writes.stream().mapToInt(Write::items).sum() > MAX_ITEMS
        || writes.stream().mapToLong(Write::templateBytes).sum() > MAX_TEMPLATE_BYTES) {
      throw new IllegalArgumentException("too much, or nothing, for one commit");
    }
    dimensions = Map.copyOf(dimensions);
    writes = List.copyOf(writes);
  }

  /** What the log will say. */
  public LogEntry entry() {
    return new LogEntry(
        expected.seq() + 1,
        writes.stream()
            .flatMap(write -> write.effects().stream())
            .map(Write.Effect::change)
            .toList());
  }

  /** Where the head will be. */
  public Position reached() {
    return expected.next(epoch);
  }
}
