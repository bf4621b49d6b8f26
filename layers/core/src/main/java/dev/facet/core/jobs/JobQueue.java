package dev.facet.core.jobs;

import java.time.Duration;

/**
 * A queue that delivers every message at least once, in any order, until it is acknowledged; one
 * that was received three times in vain goes to the {@link DeadLetters}.
 */
public interface JobQueue {

  /** The largest message, in bytes. */
  int MOST_BYTES = 256 * 1024;

  /**
   * Adds a message; once this returns, it is certain to be delivered.
   *
   * @throws dev.facet.core.faults.TransientFault if it may not have been taken
   */
  void send(String message);

  /**
   * Has a message that is being worked on delivered again only after a while.
   *
   * @param receipt names its present delivery
   * @throws dev.facet.core.faults.TransientFault if that can't be done now
   */
  void postpone(String receipt, Duration by);
}
