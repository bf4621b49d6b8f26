package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.Map;

/**
 * A caller's own name for a person, valid across an application's galleries.
 *
 * @param application the application that uses the name
 * @param userIdentifier the caller's text
 * @param guid the id that the person's subjects share
 * @param subjects the person's subject per space; an empty map means that nothing is stored
 * @param revision the number of changes: 1 when first stored
 */
public record Identifier(
    ApplicationId application,
    String userIdentifier,
    PersonId guid,
    Map<String, SubjectId> subjects,
    long revision) {

  /** Copies the map. */
  public Identifier {
    subjects = Map.copyOf(subjects);
  }
}
