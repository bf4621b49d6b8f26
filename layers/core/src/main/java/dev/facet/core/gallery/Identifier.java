package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.subjects.SubjectId;
import java.util.Map;

/**
 * Whom a caller's own name for a person means, across an application's galleries.
 *
 * @param application whose name it is
 * @param userIdentifier the caller's text
 * @param guid what the person's subjects share
 * @param subjects the person's subject per space; none left means that nothing is stored
 * @param revision counts the changes: 1 when first stored
 */
public record Identifier(
    ApplicationId application,
    String userIdentifier,
    String guid,
    Map<String, SubjectId> subjects,
    long revision) {

  /** Copies the map. */
  public Identifier {
    subjects = Map.copyOf(subjects);
  }
}
