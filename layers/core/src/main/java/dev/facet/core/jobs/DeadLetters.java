package dev.facet.core.jobs;

import java.time.Instant;

/**
 * The dead-letter queue: messages that were delivered too often. They are kept until 14 days after
 * their first send.
 */
public interface DeadLetters {

  /**
   * Visits the messages that are visible now, page by page, and removes a message within the
   * receive that found it. No more than a page of messages is in memory.
   *
   * @param until the time at which the visit ends early
   * @return whether it came to the end of the messages
   * @throws dev.facet.core.faults.TransientFault if the queue cannot be reached now
   */
  boolean visit(Instant until, Visitor visitor);

  /** Decides on each message of a visit. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Decides on a message. A message stays if this throws, which ends the visit; it may be visited
     * again, or in rare cases after its removal.
     */
    Verdict visit(Letter letter);
  }

  /** What to do with a message. */
  enum Verdict {
    /** The message stays in the queue. */
    KEEP,
    /** The message is removed for good. */
    REMOVE
  }

  /**
   * A dead-letter message.
   *
   * @param sent when it was last sent to the workers
   */
  record Letter(String message, Instant sent) {}
}
