package dev.facet.benchmarks.predict;

import dev.facet.benchmarks.galleries.GalleryFiller;
import dev.facet.benchmarks.galleries.UnitVectors;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * People with random embeddings, the same in every run, and a brute-force search for the person
 * nearest to a probe.
 */
final class Crowd {

  /** The route's default model version. */
  static final String VERSION = "FACE3_3";

  /** The factor of all embeddings. */
  static final String FACTOR = "face";

  private final PersonId[] puids;
  private final float[][] vectors;

  /**
   * Draws a crowd.
   *
   * @param people the number of people
   * @param dimension the dimension of their embeddings
   */
  Crowd(int people, int dimension) {
    RandomGenerator random = new SplittableRandom(1);
    puids = new PersonId[people];
    vectors = new float[people][];
    for (int person = 0; person < people; person++) {
      puids[person] = PersonId.random(random);
      vectors[person] = UnitVectors.random(dimension, random);
    }
  }

  /** Returns the number of people. */
  int size() {
    return puids.length;
  }

  /** Returns a person's id in the form of plain routes. */
  String shown(int person) {
    return puids[person].toRot13();
  }

  /** Returns the embedding of a person outside the crowd. */
  static float[] stranger(int dimension, RandomGenerator random) {
    return UnitVectors.random(dimension, random);
  }

  /**
   * Returns another embedding of a person, at a distance of about 0.7 from the enrolled one, as
   * between two photos of one face.
   */
  float[] shot(int person, RandomGenerator random) {
    float[] vector = vectors[person].clone();
    float[] noise = UnitVectors.random(vector.length, random);
    for (int i = 0; i < vector.length; i++) {
      vector[i] += 0.85f * noise[i];
    }
    return UnitVectors.normalise(vector);
  }

  /** Returns the person nearest to a unit vector, by brute force. */
  int nearest(float[] probe) {
    int nearest = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int person = 0; person < vectors.length; person++) {
      double product = UnitVectors.dotProduct(vectors[person], probe);
      if (product > most) {
        most = product;
        nearest = person;
      }
    }
    return nearest;
  }

  /** Returns the cosine of a person's embedding and a unit vector. */
  double similarity(int person, float[] probe) {
    return UnitVectors.dotProduct(vectors[person], probe);
  }

  /**
   * Enrols all people in an application's empty gallery, directly through the store.
   *
   * @throws IllegalStateException if the store rejects a commit
   */
  void enrol(GalleryId gallery, GalleryStore store) {
    new GalleryFiller(store, gallery, FACTOR, vectors[0].length).fill(size(), this::subject);
  }

  private Subject subject(int person) {
    Instant now = Instant.now();
    String id = puids[person].value();
    return new Subject(
        new SubjectId(id),
        List.of(new Template(FACTOR, vectors[person])),
        VERSION,
        null,
        null,
        puids[person],
        null,
        now,
        now);
  }
}
