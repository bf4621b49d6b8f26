package dev.facet.core.jobs;

import java.time.Instant;
import java.util.List;

/**
 * The dead-letter queue: messages that were delivered too often, kept for 14 days. Every method
 * throws {@link dev.facet.core.faults.TransientFault} if the queue cannot be reached now.
 */
public interface DeadLetters {

  /** Returns all messages that are visible now, without removing them. */
  List<Letter> list();

  /** Removes a message that a recent {@link #list} returned. */
  void remove(Letter letter);

  /**
   * A dead-letter message.
   *
   * @param sent when it was queued
   * @param receipt identifies the message for {@link #remove}
   */
  record Letter(String message, Instant sent, String receipt) {}
}
