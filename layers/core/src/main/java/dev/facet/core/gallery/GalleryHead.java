package dev.facet.core.gallery;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a gallery as a whole: the row that every commit moves on.
 *
 * @param position the last entry committed
 * @param floor the lowest log entry still kept; 1 as long as none was dropped
 * @param count templates of enrolled subjects
 * @param dimensions coordinates per factor, fixed by a factor's first enrolment
 * @param snapshot where a reader that holds nothing begins, or null: with entry 1
 */
public record GalleryHead(
    Position position,
    long floor,
    long count,
    Map<String, Integer> dimensions,
    @Nullable Snapshot snapshot) {

  /** The head of a gallery that was never written. */
  public static final GalleryHead NONE = new GalleryHead(Position.START, 1, 0, Map.of(), null);

  /**
   * The state of a gallery after an entry, as an object of its own.
   *
   * @param object what it is called in the object store
   * @param seq the last entry that it covers
   */
  public record Snapshot(String object, long seq) {}

  /** Copies the map. */
  public GalleryHead {
    dimensions = Map.copyOf(dimensions);
  }
}
