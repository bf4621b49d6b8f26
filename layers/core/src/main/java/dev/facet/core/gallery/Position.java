package dev.facet.core.gallery;

/**
 * How far a gallery's log has been followed.
 *
 * @param epoch which of the gallery's logs: a restore begins a new one; empty before the first
 *     write
 * @param seq the last entry applied; 0 before the first
 */
public record Position(String epoch, long seq) {

  /** Before the first write. */
  public static final Position START = new Position("", 0);

  /** After the next entry of an epoch. */
  public Position next(String nextEpoch) {
    return new Position(nextEpoch, seq + 1);
  }
}
