package dev.facet.core.keys;

import java.util.Optional;

/** A store of key records. */
public interface KeyStore {

  /**
   * Finds a key's record.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot answer now
   */
  Optional<KeyRecord> find(KeyId id);

  /** Writes a record, replacing any record under the same {@link KeyRecord#keyId}. */
  void put(KeyRecord record);
}
