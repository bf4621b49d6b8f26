package dev.facet.core.gallery;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of a gallery: the row that every commit updates.
 *
 * @param position the position of the last commit
 * @param floor the lowest log entry still kept; reserved for segments: always 1 as yet
 * @param count templates of enrolled subjects
 * @param dimensions coordinates per factor that an enrolled subject has, fixed by the factor's
 *     first enrolment until its last template is gone
 * @param snapshot the starting point of an empty replica, or null to start at entry 1; reserved for
 *     segments: always null as yet
 * @param token the token of the last log entry; null if an older version wrote it, and in {@link
 *     #NONE} empty
 * @param bytes the approximate size of the log in bytes, without entries of older versions
 */
public record GalleryHead(
    LogPosition position,
    long floor,
    long count,
    Map<String, Integer> dimensions,
    @Nullable Snapshot snapshot,
    @Nullable String token,
    long bytes) {

  /** The head of a gallery that was never written. */
  public static final GalleryHead NONE =
      new GalleryHead(LogPosition.START, 1, 0, Map.of(), null, "", 0);

  /**
   * A snapshot of a gallery after a log entry, stored as a separate object. Reserved for segments:
   * this version reads it but never writes it.
   *
   * @param object the name in the object store
   * @param seq the last entry that it covers
   */
  public record Snapshot(String object, long seq) {}

  /** Copies the map. */
  public GalleryHead {
    dimensions = Map.copyOf(dimensions);
  }

  /** Creates a head as older versions wrote it, without a token. */
  public GalleryHead(
      LogPosition position,
      long floor,
      long count,
      Map<String, Integer> dimensions,
      @Nullable Snapshot snapshot) {
    this(position, floor, count, dimensions, snapshot, null, 0);
  }
}
