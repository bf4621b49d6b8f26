package dev.facet.local.lambda;

import java.time.Duration;

/**
 * Invokes functions as Lambda does: by name, with bytes of a limited number, for a limited time.
 */
public interface Lambda extends AutoCloseable {

  /** The most that a synchronous invocation carries, either way: 6 MB. */
  int MOST_BYTES = 6 * 1024 * 1024;

  /**
   * How long things may take.
   *
   * @param function what a function is told that it has
   * @param caller how long the caller waits for an answer; a little longer
   */
  record Timeouts(Duration function, Duration caller) {}

  /**
   * Invokes a function and waits for its answer.
   *
   * @param event JSON
   * @return JSON
   * @throws InvocationFault if there is no answer
   */
  byte[] invoke(String name, byte[] event);

  /** Interrupts what still runs. */
  @Override
  void close();
}
