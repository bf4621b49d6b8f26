package dev.facet.core.keys;

import dev.facet.core.revision.Revisioned;
import dev.facet.core.revision.RevisionedStore;
import java.util.List;
import java.util.Optional;

/** The key store as key administration uses it. */
public interface KeyRegistry extends KeyStore, RevisionedStore<KeyId, KeyRecord> {

  @Override
  default Optional<KeyRecord> find(KeyId id) {
    return read(id).map(Revisioned::value);
  }

  /** Returns all records, oldest first. */
  List<Revisioned<KeyRecord>> list();
}
