package dev.facet.core.keys;

import java.util.List;

/** The key store as those see it who make and unmake keys. */
public interface KeyRegistry extends KeyStore {

  /** All records, oldest first. */
  List<KeyRecord> list();

  /** Removes a record; harmless when there is none. */
  void delete(KeyId id);
}
