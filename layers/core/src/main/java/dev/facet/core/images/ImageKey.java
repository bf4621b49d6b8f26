package dev.facet.core.images;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.subjects.SubjectId;

/**
 * Names one kept original. Each upload has a version of its own, so that a replacement never
 * overwrites what a subject still refers to.
 *
 * @param application whose it is
 * @param subject who is in it; an id that we made
 * @param version tells the uploads for one subject apart: 16 lower-case hex digits
 */
public record ImageKey(ApplicationId application, SubjectId subject, String version) {

  /** Checks that the parts can't lead out of the application's folder. */
  public ImageKey {
    if (!subject.value().matches("[A-Za-z0-9-]{1,64}") || !version.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException("an image belongs to an id that we made");
    }
  }
}
