package dev.facet.cli.calibration;

import dev.facet.core.gallery.Template;
import java.util.List;

/**
 * Somebody whose photos are compared: with each other, and with everybody else's.
 *
 * @param name the folder's name
 * @param photos the usable ones
 */
record Person(String name, List<Photo> photos) {

  Person {
    photos = List.copyOf(photos);
  }

  /**
   * One usable photo.
   *
   * @param name folder and file, for people to find it by
   * @param template its face's, a unit vector
   */
  record Photo(String name, Template template) {

    /** The cosine of the angle between two photos' templates. */
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
