package dev.facet.benchmarks.gateway;

import dev.facet.benchmarks.galleries.GalleryFiller;
import dev.facet.benchmarks.galleries.UnitVectors;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.subjects.SubjectIds;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A gallery of random unit vectors: as costly to search as a gallery of faces, without matches.
 *
 * @param id the gallery's id
 * @param dimension the dimension of its templates
 */
record RandomGallery(GalleryId id, int dimension) {

  private static final String FACTOR = "face";

  /**
   * Enrols subjects in an empty gallery, directly through the store.
   *
   * @throws IllegalStateException if the store rejects a commit
   */
  void fill(GalleryStore store, int subjects) {
    RandomGenerator random = new SplittableRandom(1);
    SubjectIds ids = new SubjectIds(SubjectIds.NEC_PREFIX, random);
    new GalleryFiller(store, id, FACTOR, dimension).fill(subjects, index -> subject(ids, random));
  }

  private Subject subject(SubjectIds ids, RandomGenerator random) {
    Instant now = Instant.now();
    return new Subject(
        ids.next(),
        List.of(new Template(FACTOR, UnitVectors.random(dimension, random))),
        id.space(),
        null,
        null,
        null,
        null,
        now,
        now);
  }
}
