package dev.facet.core.images;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.subjects.SubjectId;

/**
 * The key of one stored original. Each upload has its own version, so a replacement never
 * overwrites an image that a subject still refers to.
 *
 * @param application the application that owns the image
 * @param subject the subject in the image; an id that this service generated
 * @param version distinguishes the uploads for one subject: 16 lower-case hex digits
 */
public record ImageKey(ApplicationId application, SubjectId subject, String version) {

  /** Checks that the parts cannot escape from the application's folder. */
  public ImageKey {
    if (!subject.value().matches("[A-Za-z0-9-]{1,64}") || !version.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException(
          "an image key has a generated subject id and a version of 16 hex digits");
    }
  }
}
