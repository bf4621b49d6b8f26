package dev.facet.cli.calibration;

import dev.facet.core.gallery.Template;
import java.util.List;

/**
 * A labelled person. Photos are compared within one person and between people.
 *
 * @param name the folder's name
 * @param photos the usable photos
 */
record PhotoSubject(String name, List<Photo> photos) {

  PhotoSubject {
    photos = List.copyOf(photos);
  }

  /**
   * One usable photo.
   *
   * @param name the folder and file name, which reports show
   * @param template the template of the photo's face, a unit vector
   */
  record Photo(String name, Template template) {

    /** Returns the cosine similarity of two photos' templates. */
    double similarity(Photo other) {
      float[] a = template.vector();
      float[] b = other.template.vector();
      double dot = 0;
      for (int i = 0; i < a.length; i++) {
        dot += (double) a[i] * b[i];
      }
      return dot;
    }
  }
}
