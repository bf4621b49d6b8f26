package dev.facet.core.fakes;

import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyRegistry;
import dev.facet.core.revision.Revisioned;
import java.util.Comparator;
import java.util.List;

/** A {@link KeyRegistry} in memory. */
public final class InMemoryKeys extends InMemoryRevisions<KeyId, KeyRecord> implements KeyRegistry {

  /** Creates an empty store. */
  public InMemoryKeys() {
    super(KeyRecord::keyId);
  }

  @Override
  public List<Revisioned<KeyRecord>> list() {
    return all().stream()
        .sorted(Comparator.comparing(record -> record.value().whenCreated()))
        .toList();
  }
}
