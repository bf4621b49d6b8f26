package dev.facet.benchmarks.predict;

import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.LogPosition;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * People with random embeddings, the same in every run, and a brute-force search for the person
 * nearest to a probe.
 */
final class Crowd {

  /** The route's default model version. */
  static final String VERSION = "FACE3_3";

  /** The factor of all embeddings. */
  static final String FACTOR = "face";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

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
      vectors[person] = unit(gaussian(dimension, random));
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
    return unit(gaussian(dimension, random));
  }

  /**
   * Returns another embedding of a person, at a distance of about 0.7 from the enrolled one, as
   * between two photos of one face.
   */
  float[] shot(int person, RandomGenerator random) {
    float[] vector = vectors[person].clone();
    float[] noise = unit(gaussian(vector.length, random));
    for (int i = 0; i < vector.length; i++) {
      vector[i] += 0.85f * noise[i];
    }
    return unit(vector);
  }

  /** Returns the person nearest to a unit vector, by brute force. */
  int nearest(float[] probe) {
    int nearest = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int person = 0; person < vectors.length; person++) {
      double product = product(vectors[person], probe);
      if (product > most) {
        most = product;
        nearest = person;
      }
    }
    return nearest;
  }

  /** Returns the cosine of a person's embedding and a unit vector. */
  double similarity(int person, float[] probe) {
    return product(vectors[person], probe);
  }

  /**
   * Enrols all people in an application's empty gallery, directly through the store.
   *
   * @throws IllegalStateException if the store rejects a commit
   */
  void enrol(GalleryId gallery, GalleryStore store) {
    LogPosition position = LogPosition.START;
    for (int first = 0; first < size(); first += Commit.MAX_WRITES) {
      int after = Math.min(first + Commit.MAX_WRITES, size());
      List<Write> writes = IntStream.range(first, after).mapToObj(this::write).toList();
      Commit commit =
          new Commit(
              gallery,
              position,
              "benchmark",
              after,
              Map.of(FACTOR, vectors[0].length),
              writes,
              "benchmark-" + position.seq());
      CommitOutcome outcome = store.commit(commit, Instant.now().plus(PATIENCE));
      if (!(outcome instanceof CommitOutcome.Committed)) {
        throw new IllegalStateException("the gallery can't be filled: " + outcome);
      }
      position = commit.reached();
    }
  }

  private Write write(int person) {
    Instant now = Instant.now();
    String id = puids[person].value();
    Subject subject =
        new Subject(
            new SubjectId(id),
            List.of(new Template(FACTOR, vectors[person])),
            VERSION,
            null,
            null,
            puids[person],
            null,
            now,
            now);
    Operation operation =
        new Operation(
            new OperationId("%064x".formatted(person)), "", "{}", now.plus(Duration.ofDays(1)));
    return new Write(operation, List.of(new Write.Store(subject)), List.of());
  }

  private static float[] gaussian(int dimension, RandomGenerator random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static float[] unit(float[] vector) {
    float length = (float) Math.sqrt(product(vector, vector));
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
