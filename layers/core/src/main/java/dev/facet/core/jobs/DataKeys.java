package dev.facet.core.jobs;

/**
 * Data keys for envelope encryption. Each key seals one message and is then discarded; only its
 * wrapped form is kept, beside the message.
 *
 * <p>Both methods throw {@link dev.facet.core.faults.TransientFault} if the keys are unavailable
 * now.
 */
public interface DataKeys {

  /**
   * Generates a new key.
   *
   * @param context the use of the key; unwrapping needs the same context
   */
  DataKey create(String context);

  /**
   * Unwraps a key.
   *
   * @return 32 bytes
   * @throws dev.facet.core.faults.InternalFault if these keys did not wrap it, or wrapped it for
   *     another context
   */
  byte[] unwrap(byte[] wrapped, String context);

  /**
   * A key and its wrapped form.
   *
   * @param key 32 bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; its creator discards it
  record DataKey(byte[] key, byte[] wrapped) {
    @Override
    public String toString() {
      return "DataKey[]";
    }
  }
}
