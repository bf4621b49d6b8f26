package dev.facet.core.gallery;

/**
 * A position in a gallery's log.
 *
 * @param epoch identifies one of the gallery's logs: a restore begins a new one; empty before the
 *     first write
 * @param seq the last entry applied; 0 before the first
 */
public record LogPosition(String epoch, long seq) {

  /** The position before the first write. */
  public static final LogPosition START = new LogPosition("", 0);

  /** Returns the position after the next entry, in the given epoch. */
  public LogPosition next(String nextEpoch) {
    return new LogPosition(nextEpoch, seq + 1);
  }
}
