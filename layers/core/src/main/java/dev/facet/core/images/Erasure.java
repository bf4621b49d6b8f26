package dev.facet.core.images;

import java.time.Instant;

/**
 * A note of a pending erasure of an image. It takes effect when it is due, unless it is withdrawn
 * before.
 *
 * @param image the image to erase
 * @param due the earliest time of the erasure; whole seconds
 */
public record Erasure(ImageKey image, Instant due) {

  /** Truncates the time to whole seconds, its stored precision. */
  public Erasure {
    due = Instant.ofEpochSecond(due.getEpochSecond());
  }
}
