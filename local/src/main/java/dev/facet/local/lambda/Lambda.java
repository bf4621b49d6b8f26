package dev.facet.local.lambda;

import java.time.Duration;

/**
 * Invokes functions as Lambda does: by name, with limits on the size of the payload and on time.
 */
public interface Lambda extends AutoCloseable {

  /** The maximum payload of a synchronous invocation in either direction: 6 MB. */
  int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

  /**
   * The timeouts of an invocation.
   *
   * @param function the timeout that a function sees
   * @param caller how long the caller waits for a response; a little longer
   */
  record Timeouts(Duration function, Duration caller) {}

  /**
   * Invokes a function and waits for its response.
   *
   * @param event JSON
   * @return JSON
   * @throws InvocationFault if there is no response
   */
  byte[] invoke(String name, byte[] event);

  /** Stops the invocations in progress. */
  @Override
  void close();
}
