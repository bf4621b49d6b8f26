package dev.facet.core.restore;

import java.time.Instant;

/**
 * The state of the data table that decides whether requests are admitted: not while it is being
 * restored, nor if it was copied from another table and never restored since.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} if the store can't answer
 * now.
 */
public interface Admission {

  /** Returns whether requests are admitted. */
  boolean isAdmitted();

  /**
   * Refuses requests until {@link #admit}. Each process follows within {@link
   * RestoreGate#CACHED_FOR}.
   *
   * @return the time from which they are refused: now, or that of an unfinished restore
   */
  Instant close(Instant now);

  /** Admits requests again. */
  void admit();
}
