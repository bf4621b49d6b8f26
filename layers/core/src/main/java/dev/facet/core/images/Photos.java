package dev.facet.core.images;

import java.time.Instant;
import java.util.Optional;

/** Reads stored originals. Safe for concurrent use. */
@FunctionalInterface
public interface Photos {

  /**
   * Finds an original; empty if it is absent.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot answer now, or not before the
   *     deadline
   */
  Optional<byte[]> find(ImageKey key, Instant deadline);
}
