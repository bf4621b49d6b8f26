package dev.facet.core.jobs;

import java.time.Duration;

/**
 * A queue that delivers every message at least once, in any order, until it is acknowledged. After
 * three receives without acknowledgement a message moves to the {@link DeadLetters}.
 */
public interface JobQueue {

  /** Maximum size of a message in bytes. */
  int MAX_BYTES = 256 * 1024;

  /**
   * Adds a message. When the method returns, delivery is certain.
   *
   * @throws dev.facet.core.faults.TransientFault THROTTLED if the queue refused the message;
   *     another kind if it is not known whether it accepted it
   */
  void send(String message);

  /**
   * Delays the next delivery of a message in progress.
   *
   * @param receipt identifies the current delivery
   * @throws dev.facet.core.faults.TransientFault if the queue cannot do it now
   */
  void postpone(String receipt, Duration by);
}
