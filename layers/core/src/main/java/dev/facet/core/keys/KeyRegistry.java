package dev.facet.core.keys;

import java.util.List;

/** The key store as key administration uses it. */
public interface KeyRegistry extends KeyStore {

  /** Returns all records, oldest first. */
  List<KeyRecord> list();

  /** Deletes a record; does nothing if it is absent. */
  void delete(KeyId id);
}
