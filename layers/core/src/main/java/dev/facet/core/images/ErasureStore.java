package dev.facet.core.images;

import java.time.Instant;
import java.util.List;

/**
 * A store of notes of pending image erasures. Gallery commits also write and withdraw notes, in the
 * transaction that adds or removes a subject's reference to the image.
 */
public interface ErasureStore {

  /**
   * Writes a note; it is durable when the method returns.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot accept it now, or not before
   *     the deadline
   */
  void add(Erasure erasure, Instant deadline);

  /**
   * Deletes a note after its withdrawal or its erasure; does nothing if it is absent.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot do it now, or not before the
   *     deadline
   */
  void remove(Erasure erasure, Instant deadline);

  /** Makes a note due at another time. */
  default void postpone(Erasure erasure, Instant due, Instant deadline) {
    add(new Erasure(erasure.image(), due), deadline);
    remove(erasure, deadline);
  }

  /**
   * Returns at most {@code limit} of the notes that are due.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot answer now
   */
  List<Erasure> due(Instant now, int limit);
}
