package dev.facet.core.gallery;

import dev.facet.core.idempotency.Operation;
import dev.facet.core.images.Erasure;
import dev.facet.core.subjects.SubjectId;
import java.util.List;

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
  }

  /** Stores a subject, new or in place of the previous record. */
  public record Store(Subject record) implements Effect {
    @Override
    public SubjectId subject() {
      return record.id();
    }

    @Override
    public LogChange change() {
      return new LogChange.Put(record.id(), record.templates());
    }
  }

  /** Removes a subject. */
  public record Drop(SubjectId subject) implements Effect {
    @Override
    public LogChange change() {
      return new LogChange.Remove(subject);
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

  /** Copies the lists. */
  public Write {
    effects = List.copyOf(effects);
    companions = List.copyOf(companions);
  }
}
