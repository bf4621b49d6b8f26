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
   * @throws dev.facet.core.faults.TransientFault if the store cannot accept it now
   */
  void add(Erasure erasure);

  /** Deletes a note after its withdrawal or its erasure; does nothing if it is absent. */
  void remove(Erasure erasure);

  /** Makes a note due at another time. */
  default void postpone(Erasure erasure, Instant due) {
    add(new Erasure(erasure.image(), due));
    remove(erasure);
  }

  /**
   * Returns at most {@code limit} of the notes that are due.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot answer now
   */
  List<Erasure> due(Instant now, int limit);
}
