package dev.facet.core.gallery;

import dev.facet.core.idempotency.Operation;
import dev.facet.core.images.Erasure;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write: changes that take effect together, and only if its operation was not done before.
 *
 * @param operation the record of the operation, stored with the changes
 * @param effects the effects on subjects; each subject at most once
 * @param companions other items that change with them
 */
public record Write(Operation operation, List<Effect> effects, List<Companion> companions) {

  /** An effect on one subject. */
  public sealed interface Effect {
    /** Returns the id of the subject. */
    SubjectId subject();

    /** Returns the effect in the form of the log. */
    LogChange change();

    /**
     * Returns the stored record that the effect ends; null if the subject must not be stored yet.
     * The write is committed only if the store still holds a record of the same log entry.
     */
    @Nullable Subject before();
  }

  /**
   * Stores a subject.
   *
   * @param record the new record
   * @param before the record that it replaces, as read by the plan; null for a new subject
   */
  public record Store(Subject record, @Nullable Subject before) implements Effect {

    /**
     * Sets the time of the new record after that of the record it replaces, whatever the clocks of
     * two processes say: the deletion ledger tells versions of a subject apart by their times.
     */
    public Store {
      if (before != null && !record.updated().isAfter(before.updated())) {
        record = record.updatedAt(before.updated().plusMillis(1));
      }
    }

    /** Creates the effect of storing a new subject. */
    public Store(Subject record) {
      this(record, null);
    }

    @Override
    public SubjectId subject() {
      return record.id();
    }

    @Override
    public LogChange change() {
      return new LogChange.Put(record.id(), record.templates(), record.excluded());
    }
  }

  /**
   * Removes a subject.
   *
   * @param before its record, as read by the plan
   */
  public record Drop(Subject before) implements Effect {
    @Override
    public SubjectId subject() {
      return before.id();
    }

    @Override
    public LogChange change() {
      return new LogChange.Remove(before.id());
    }
  }

  /** Another item that changes in the same transaction, possibly under its own condition. */
  public sealed interface Companion {}

  /**
   * Withdraws the erasure note of an uploaded image that a subject now refers to. The note must
   * exist.
   */
  public record Keep(Erasure erasure) implements Companion {}

  /** Adds the erasure note of an image that no subject refers to any more. */
  public record Erase(Erasure erasure) implements Companion {}

  /**
   * Stores an identifier (or removes one without subjects) if the stored one has the previous
   * revision and the same guid. For revision 1 none may be stored yet.
   */
  public record Bind(Identifier identifier) implements Companion {}

  /**
   * Records the bundle with which the application's image gallery is made, in the transaction of
   * its first photo. None may be recorded yet.
   */
  public record RecordBundle(String bundle) implements Companion {}

  /** Copies the lists. */
  public Write {
    effects = List.copyOf(effects);
    companions = List.copyOf(companions);
  }

  /** Returns whether the write stores nothing but the record of its operation. */
  boolean isRecordOnly() {
    return effects.isEmpty() && companions.isEmpty();
  }
}
