package dev.facet.core.revision;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store in which a write names the revision that it replaces, so that it never undoes a change
 * that its writer has not read. Safe for concurrent use.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} UNAVAILABLE or THROTTLED if
 * the store cannot answer now.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the records, each of which contains its key
 */
public interface RevisionedStore<K, V> {

  /** Returns the latest revision of a record; empty if there is none. */
  Optional<Revisioned<V>> read(K key);

  /**
   * Writes a record.
   *
   * @param expected the revision to replace; null to create the record
   * @return the written revision
   * @throws dev.facet.core.faults.TransientFault CONFLICT if another revision, or none, is stored
   */
  Revisioned<V> put(@Nullable Revisioned<V> expected, V next);

  /**
   * Deletes a record; does nothing if it is absent.
   *
   * @throws dev.facet.core.faults.TransientFault CONFLICT if another revision is stored
   */
  void delete(Revisioned<V> expected);
}
