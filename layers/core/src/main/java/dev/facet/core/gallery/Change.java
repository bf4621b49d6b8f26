package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.List;

/** What a log entry says of one subject, as far as searches are concerned. */
public sealed interface Change {

  /** Who is meant. */
  SubjectId subject();

  /** The templates that the subject has from now on. */
  List<Template> templates();

  /** A subject is enrolled with these templates, or these replace all that it had. */
  record Put(SubjectId subject, List<Template> templates) implements Change {
    /** Copies the list. */
    public Put {
      templates = List.copyOf(templates);
    }
  }

  /** A subject is gone. */
  record Remove(SubjectId subject) implements Change {
    @Override
    public List<Template> templates() {
      return List.of();
    }
  }
}
