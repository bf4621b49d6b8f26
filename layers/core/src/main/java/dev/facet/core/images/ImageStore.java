package dev.facet.core.images;

import java.util.Optional;

/** Where originals are kept for applications that ask for it. Safe for concurrent use. */
public interface ImageStore {

  /**
   * Stores an original; durable when it returns.
   *
   * @param image the encoded image, byte for byte as it was sent
   * @throws dev.facet.core.faults.TransientFault when the store can't take it now
   */
  void put(ImageKey key, byte[] image);

  /**
   * Reads an original back.
   *
   * @throws dev.facet.core.faults.TransientFault when the store can't answer now
   */
  Optional<byte[]> get(ImageKey key);

  /**
   * Erases an original; harmless when there is none.
   *
   * @throws dev.facet.core.faults.TransientFault when the store can't do it now
   */
  void delete(ImageKey key);
}
