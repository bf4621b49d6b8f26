package dev.facet.core.gallery;

/**
 * A position in a gallery's log.
 *
 * @param epoch identifies one of the gallery's logs: a restore begins a new one; empty before the
 *     first write
 * @param seq the last entry applied; 0 before the first
 */
public record Position(String epoch, long seq) {

  /** The position before the first write. */
  public static final Position START = new Position("", 0);

  /** Returns the position after the next entry, in the given epoch. */
  public Position next(String nextEpoch) {
    return new Position(nextEpoch, seq + 1);
  }
}
