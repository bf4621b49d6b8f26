package dev.facet.core.gallery;

import dev.facet.core.images.Erasure;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.subjects.SubjectId;
import java.util.List;

/**
 * One write: everything that is to happen at once, and only if its operation has not been done yet.
 *
 * @param operation its record, stored with it
 * @param effects what it does to subjects; each at most once
 * @param companions what else changes with it
 */
public record Write(Operation operation, List<Effect> effects, List<Companion> companions) {

  /** What is done to one subject. */
  public sealed interface Effect {
    /** Who is meant. */
    SubjectId subject();

    /** The same, as the log puts it. */
    Change change();
  }

  /** A subject is stored, new or in place of what was there. */
  public record Store(Subject record) implements Effect {
    @Override
    public SubjectId subject() {
      return record.id();
    }

    @Override
    public Change change() {
      return new Change.Put(record.id(), record.templates());
    }
  }

  /** A subject is removed. */
  public record Drop(SubjectId subject) implements Effect {
    @Override
    public Change change() {
      return new Change.Remove(subject);
    }
  }

  /** Another item that changes in the same transaction, perhaps on a condition of its own. */
  public sealed interface Companion {}

  /** A subject now refers to an uploaded image: withdraws the note, which must be there. */
  public record Keep(Erasure erasure) implements Companion {}

  /** No subject refers to an image any more: notes its erasure. */
  public record Erase(Erasure erasure) implements Companion {}

  /**
   * Stores an identifier (or removes one without subjects), if the stored one has the revision
   * before and the same guid; revision 1 must not be stored yet.
   */
  public record Bind(Identifier identifier) implements Companion {}

  /** Copies the lists, and checks that it fits a commit by itself. */
  public Write {
    effects = List.copyOf(effects);
    companions = List.copyOf(companions);
    if (1 + effects.size() + companions.size() > Commit.MAX_ITEMS
        || templateBytes(effects) > Commit.MAX_TEMPLATE_BYTES) {
      throw new IllegalArgumentException("too much for one commit");
    }
  }

  /** How many stored items it touches, the head and the log entry not counted. */
  public int items() {
    return 1 + effects.size() + companions.size();
  }

  /** About how many bytes its templates take, in the log and again with the subjects. */
  public long templateBytes() {
    return templateBytes(effects);
  }

  private static long templateBytes(List<Effect> effects) {
    return effects.stream()
        .flatMap(effect -> effect.change().templates().stream())
        .mapToLong(template -> 4L * template.dimension() + 64)
        .sum();
  }
}
