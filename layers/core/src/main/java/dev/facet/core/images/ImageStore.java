package dev.facet.core.images;

/** A store of original images, for applications that request it. Safe for concurrent use. */
public interface ImageStore {

  /**
   * Stores an original; it is durable when the method returns.
   *
   * @param image the encoded image, byte for byte as the caller sent it
   * @throws dev.facet.core.faults.TransientFault if the store cannot accept it now
   */
  void put(ImageKey key, byte[] image);

  /**
   * Erases an original; does nothing if it is absent.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot do it now
   */
  void delete(ImageKey key);
}
