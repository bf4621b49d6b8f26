package dev.facet.core.jobs;

import java.time.Instant;
import java.util.List;

/**
 * Messages that were delivered too often; they stay for 14 days. Every method throws {@link
 * dev.facet.core.faults.TransientFault} when they can't be reached now.
 */
public interface DeadLetters {

  /** All that can be seen now; they stay where they are. */
  List<Letter> list();

  /** Removes one of those that were listed a moment ago. */
  void remove(Letter letter);

  /**
   * A message that was given up.
   *
   * @param sent when it was queued
   * @param receipt names it to {@link #remove}
   */
  record Letter(String message, Instant sent, String receipt) {}
}
