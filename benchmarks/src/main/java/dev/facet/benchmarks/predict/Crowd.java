package dev.facet.benchmarks.predict;

import dev.facet.core.subjects.PersonId;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Position;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * People of random embeddings, the same in every run, and what only a look at each of them tells:
 * who is nearest to a probe.
 */
final class Crowd {

  /** What the route takes when a request names none. */
  static final String VERSION = "FACE3_3";

  /** What embeddings are of. */
  static final String FACTOR = "face";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PersonId[] puids;
  private final float[][] vectors;

  /**
   * Draws a crowd.
   *
   * @param people how many
   * @param dimension of their embeddings
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

  /** How many. */
  int size() {
    return puids.length;
  }

  /** A person's id as plain routes show it. */
  String shown(int person) {
    return puids[person].toRot13();
  }

  /** A stranger's embedding. */
  static float[] stranger(int dimension, RandomGenerator random) {
    return unit(gaussian(dimension, random));
  }

  /**
   * Another shot of a person: at a distance of about 0.7 from the enrolled one, as two photos of
   * one face are.
   */
  float[] shot(int person, RandomGenerator random) {
    float[] vector = vectors[person].clone();
    float[] noise = unit(gaussian(vector.length, random));
    for (int i = 0; i < vector.length; i++) {
      vector[i] += 0.85f * noise[i];
    }
    return unit(vector);
  }

  /** Who is nearest to a unit vector, by looking at everybody. */
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

  /** The cosine of a person's embedding and a unit vector. */
  double similarity(int person, float[] probe) {
    return product(vectors[person], probe);
  }

  /**
   * Enrols all in an application's empty gallery, straight into the store.
   *
   * @throws IllegalStateException if the store refuses
   */
  void enrol(GalleryId gallery, GalleryStore store) {
    Position position = Position.START;
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
            id,
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
