package dev.facet.core.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.TransientFault;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The contract of stores with revisions.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the records
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class RevisionedStoreContract<K, V> {

  /** Returns the store. */
  protected abstract RevisionedStore<K, V> store();

  /** Returns a record under a new key. */
  protected abstract V create();

  /** Returns the same record with another content. */
  protected abstract V change(V record);

  /** Returns the key of a record. */
  protected abstract K key(V record);

  @Test
  void a_record_is_created_once() {
    V record = create();
    assertThat(store().read(key(record))).isEmpty();

    Revisioned<V> created = store().put(null, record);

    assertThat(created).isEqualTo(new Revisioned<>(record, 1));
    assertThat(store().read(key(record))).contains(created);
    assertConflict(() -> store().put(null, change(record)));
    assertThat(store().read(key(record))).contains(created);
  }

  @Test
  void a_write_counts_the_revision_that_it_replaces() {
    Revisioned<V> first = store().put(null, create());

    Revisioned<V> second = store().put(first, change(first.value()));
    Revisioned<V> third = store().put(second, first.value());

    assertThat(second).isEqualTo(new Revisioned<>(change(first.value()), 2));
    assertThat(third).isEqualTo(new Revisioned<>(first.value(), 3));
    assertThat(store().read(key(first.value()))).contains(third);
  }

  @Test
  void a_write_of_an_older_revision_is_refused() {
    Revisioned<V> first = store().put(null, create());
    Revisioned<V> second = store().put(first, change(first.value()));

    assertConflict(() -> store().put(first, first.value()));

    assertThat(store().read(key(first.value()))).contains(second);
  }

  @Test
  void a_deleted_record_does_not_come_back() {
    Revisioned<V> first = store().put(null, create());

    store().delete(first);
    store().delete(first);

    assertConflict(() -> store().put(first, change(first.value())));
    assertThat(store().read(key(first.value()))).isEmpty();
  }

  @Test
  void a_changed_record_is_not_deleted() {
    Revisioned<V> first = store().put(null, create());
    Revisioned<V> second = store().put(first, change(first.value()));

    assertConflict(() -> store().delete(first));

    assertThat(store().read(key(first.value()))).contains(second);
  }

  private static void assertConflict(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            TransientFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(TransientFault.Kind.CONFLICT));
  }
}
