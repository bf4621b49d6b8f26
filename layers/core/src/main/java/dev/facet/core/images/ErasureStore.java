package dev.facet.core.images;

import java.time.Instant;
import java.util.List;

/**
 * The notes of images to be erased. They are also written and withdrawn by gallery commits, in the
 * same transaction as the subject that begins or ceases to refer to an image.
 */
public interface ErasureStore {

  /**
   * Notes an erasure; durable when it returns.
   *
   * @throws dev.facet.core.faults.TransientFault when the store can't take it now
   */
  void add(Erasure erasure);

  /** Withdraws a note, or strikes it off when done; harmless when there is none. */
  void remove(Erasure erasure);

  /**
   * Some of what is due, at most {@code limit}.
   *
   * @throws dev.facet.core.faults.TransientFault when the store can't answer now
   */
  List<Erasure> due(Instant now, int limit);
}
