package dev.facet.core.keys;

import java.util.Optional;

/** Where key records are kept. */
public interface KeyStore {

  /**
   * Finds a key's record.
   *
   * @throws dev.facet.core.faults.TransientFault when the store can't answer now
   */
  Optional<KeyRecord> find(KeyId id);

  /** Writes a record, replacing what was there under the same {@link KeyRecord#keyId}. */
  void put(KeyRecord record);
}
