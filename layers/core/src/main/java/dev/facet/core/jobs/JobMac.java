package dev.facet.core.jobs;

/** Makes message authentication codes under a secret that every instance of a deployment shares. */
@FunctionalInterface
public interface JobMac {

  /**
   * HMAC-SHA-256 of a message.
   *
   * @return 32 bytes
   * @throws dev.facet.core.faults.TransientFault when it can't be made now
   */
  byte[] of(byte[] message);
}
