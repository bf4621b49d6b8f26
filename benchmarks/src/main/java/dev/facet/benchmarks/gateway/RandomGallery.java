package dev.facet.benchmarks.gateway;

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
import dev.facet.core.subjects.SubjectIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A gallery of random unit vectors: as costly to search as a gallery of faces, without matches.
 *
 * @param id the gallery's id
 * @param dimension the dimension of its templates
 */
record RandomGallery(GalleryId id, int dimension) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * Enrols subjects in an empty gallery, directly through the store.
   *
   * @throws IllegalStateException if the store rejects a commit
   */
  void fill(GalleryStore store, int subjects) {
    RandomGenerator random = new SplittableRandom(1);
    SubjectIds ids = new SubjectIds(SubjectIds.NEC_PREFIX, random);
    LogPosition position = LogPosition.START;
    for (int enrolled = 0; enrolled < subjects; enrolled += Commit.MAX_WRITES) {
      int writes = Math.min(Commit.MAX_WRITES, subjects - enrolled);
      Commit commit = commit(position, enrolled + writes, writes(writes, ids, random));
      CommitOutcome outcome = store.commit(commit, Instant.now().plus(PATIENCE));
      if (!(outcome instanceof CommitOutcome.Committed)) {
        throw new IllegalStateException("the gallery can't be filled: " + outcome);
      }
      position = commit.reached();
    }
  }

  private Commit commit(LogPosition position, long count, List<Write> writes) {
    return new Commit(
        id,
        position,
        "benchmark",
        count,
        Map.of("face", dimension),
        writes,
        "benchmark-" + position.seq());
  }

  private List<Write> writes(int count, SubjectIds ids, RandomGenerator random) {
    return IntStream.range(0, count).mapToObj(i -> write(ids, random)).toList();
  }

  private Write write(SubjectIds ids, RandomGenerator random) {
    Instant now = Instant.now();
    Subject subject =
        new Subject(
            ids.next(), List.of(template(random)), id.space(), null, null, null, null, now, now);
    Operation operation =
        new Operation(
            new OperationId(
                "%016x%016x%016x%016x"
                    .formatted(
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong())),
            "",
            "{}",
            now.plus(Duration.ofDays(1)));
    return new Write(operation, List.of(new Write.Store(subject)), List.of());
  }

  private Template template(RandomGenerator random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Template.normalised("face", vector);
  }
}
