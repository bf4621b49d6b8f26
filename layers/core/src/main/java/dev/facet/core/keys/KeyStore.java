package dev.facet.core.keys;

import java.util.Optional;

/** A store of key records, as the checks of requests use it. */
@FunctionalInterface
public interface KeyStore {

  /**
   * Finds a key's record.
   *
   * @throws dev.facet.core.faults.TransientFault if the store cannot answer now
   */
  Optional<KeyRecord> find(KeyId id);
}
