package dev.facet.core.fakes;

import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link KeyRegistry} in memory. */
public final class InMemoryKeys implements KeyRegistry {

  private final Map<KeyId, KeyRecord> records = new ConcurrentHashMap<>();

  @Override
  public Optional<KeyRecord> find(KeyId id) {
    return Optional.ofNullable(records.get(id));
  }

  @Override
  public void put(KeyRecord record) {
    records.put(record.keyId(), record);
  }

  @Override
  public List<KeyRecord> list() {
    return records.values().stream().sorted(Comparator.comparing(KeyRecord::whenCreated)).toList();
  }

  @Override
  public void delete(KeyId id) {
    records.remove(id);
  }
}
