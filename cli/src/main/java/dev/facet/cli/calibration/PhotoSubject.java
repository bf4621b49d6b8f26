package dev.facet.cli.calibration;

import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Weighing;
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

  /** Returns the same photos with the cosine as their similarity. */
  PhotoSubject unweighed() {
    return new PhotoSubject(
        name, photos.stream().map(photo -> new Photo(photo.name, photo.template)).toList());
  }

  /**
   * One usable photo.
   *
   * @param name the folder and file name, which reports show
   * @param template the template of the photo's face, a unit vector
   * @param weighing the rule by which the bundle weighs similarities
   */
  record Photo(String name, Template template, Weighing weighing) {

    /** Creates a photo whose similarities are not weighed. */
    Photo(String name, Template template) {
      this(name, template, Weighing.NONE);
    }

    /** Returns the similarity of two photos' templates: their cosine, weighed. */
    double similarity(Photo other) {
      float[] a = template.vector();
      float[] b = other.template.vector();
      double dot = 0;
      for (int i = 0; i < a.length; i++) {
        dot += (double) a[i] * b[i];
      }
      return weighing.weighs()
          ? weighing.similarity((float) dot, template.norm(), other.template.norm())
          : dot;
    }
  }
}
