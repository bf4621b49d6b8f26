package dev.facet.core.fakes;

import dev.facet.core.revision.Conflicts;
import dev.facet.core.revision.Revisioned;
import dev.facet.core.revision.RevisionedStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A {@link RevisionedStore} in memory. */
class InMemoryRevisions<K, V> implements RevisionedStore<K, V> {

  private final Map<K, Revisioned<V>> records = new ConcurrentHashMap<>();
  private final Function<V, K> keys;

  /** Creates an empty store of records that contain their keys. */
  InMemoryRevisions(Function<V, K> keys) {
    this.keys = keys;
  }

  /** Writes a record, whatever is stored. */
  public final void put(V value) {
    put(read(keys.apply(value)).orElse(null), value);
  }

  @Override
  public Optional<Revisioned<V>> read(K key) {
    return Optional.ofNullable(records.get(key));
  }

  @Override
  public Revisioned<V> put(@Nullable Revisioned<V> expected, V next) {
    Revisioned<V> written = new Revisioned<>(next, expected == null ? 1 : expected.revision() + 1);
    records.compute(
        keys.apply(next),
        (key, stored) -> {
          if (revision(stored) != revision(expected)) {
            throw Conflicts.conflict();
          }
          return written;
        });
    return written;
  }

  @Override
  public void delete(Revisioned<V> expected) {
    records.computeIfPresent(
        keys.apply(expected.value()),
        (key, stored) -> {
          if (stored.revision() != expected.revision()) {
            throw Conflicts.conflict();
          }
          return null;
        });
  }

  /** Returns all records, in no order. */
  final List<Revisioned<V>> all() {
    return List.copyOf(records.values());
  }

  private static <V> long revision(@Nullable Revisioned<V> record) {
    return record == null ? -1 : record.revision();
  }
}
