package dev.facet.core.jobs;

/** A message authentication code under a secret that all instances of a deployment share. */
@FunctionalInterface
public interface JobMac {

  /**
   * Computes the HMAC-SHA-256 of a message.
   *
   * @return 32 bytes
   * @throws dev.facet.core.faults.TransientFault if it cannot be computed now
   */
  byte[] compute(byte[] message);
}
