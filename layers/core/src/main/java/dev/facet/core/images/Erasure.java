package dev.facet.core.images;

import java.time.Instant;

/**
 * A note that an image is to be erased, unless the note is withdrawn before it is due.
 *
 * @param image what to erase
 * @param due not before this time; whole seconds
 */
public record Erasure(ImageKey image, Instant due) {

  /** Cuts the time to whole seconds, as it is stored. */
  public Erasure {
    due = Instant.ofEpochSecond(due.getEpochSecond());
  }
}
