package dev.facet.core.images;

import java.time.Instant;

/** A store of original images, for applications that request it. Safe for concurrent use. */
public interface ImageStore {

  /**
   * Stores an original; it is durable when the method returns.
   *
   * @param image the encoded image, byte for byte as the caller sent it
   * @throws dev.facet.core.faults.TransientFault if the store cannot accept it now, or not before
   *     the deadline
   */
  void put(ImageKey key, byte[] image, Instant deadline);

  /**
   * Erases an original; does nothing if it is absent.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot do it now, or not before the
   *     deadline
   */
  void delete(ImageKey key, Instant deadline);
}
