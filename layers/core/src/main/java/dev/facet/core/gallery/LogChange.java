package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.List;

/** The effect of a log entry on one subject, as far as searches depend on it. */
public sealed interface LogChange {

  /** Returns the id of the subject. */
  SubjectId subject();

  /** Returns the subject's templates after the change. */
  List<Template> templates();

  /** Returns whether the templates match nothing, although they count. */
  default boolean excluded() {
    return false;
  }

  /**
   * Enrols a subject with these templates, or replaces all of its templates by these.
   *
   * @param excluded whether the templates match nothing, although they count
   */
  record Put(SubjectId subject, List<Template> templates, boolean excluded) implements LogChange {
    /** Copies the list. */
    public Put {
      templates = List.copyOf(templates);
    }

    /** Creates the change of a subject whose templates can match. */
    public Put(SubjectId subject, List<Template> templates) {
      this(subject, templates, false);
    }
  }

  /** Removes a subject. */
  record Remove(SubjectId subject) implements LogChange {
    @Override
    public List<Template> templates() {
      return List.of();
    }
  }
}
