package dev.facet.benchmarks.galleries;

import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogPosition;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Fills an empty gallery directly through a store, in commits of the maximum size.
 *
 * @param store the store
 * @param id the gallery's id
 * @param factor the factor of the gallery's templates
 * @param dimension the dimension of the gallery's templates
 */
public record GalleryFiller(GalleryStore store, GalleryId id, String factor, int dimension) {

  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(20);

  /**
   * Enrols subjects.
   *
   * @param subjects their number
   * @param subject creates the subject of an index, from 0
   * @throws IllegalStateException if the store rejects a commit
   */
  public void fill(int subjects, IntFunction<Subject> subject) {
    LogPosition position = LogPosition.START;
    String before = "";
    for (int first = 0; first < subjects; first += Commit.MAX_WRITES) {
      int after = Math.min(first + Commit.MAX_WRITES, subjects);
      List<Write> writes =
          IntStream.range(first, after).mapToObj(index -> write(index, subject)).toList();
      Commit commit =
          new Commit(
              id,
              position,
              "benchmark",
              after,
              Map.of(factor, dimension),
              writes,
              new LogEntry.Stamp(Instant.now(), "benchmark-" + position.seq(), before));
      CommitOutcome outcome = store.commit(commit, Instant.now().plus(COMMIT_TIMEOUT));
      if (!(outcome instanceof CommitOutcome.Committed)) {
        throw new IllegalStateException("the store rejected a commit: " + outcome);
      }
      position = commit.reached();
      before = commit.token();
    }
  }

  private static Write write(int index, IntFunction<Subject> subject) {
    Operation operation =
        new Operation(
            new OperationId("%064x".formatted(index)),
            "",
            "{}",
            Instant.now().plus(Duration.ofDays(1)));
    return new Write(operation, List.of(new Write.Store(subject.apply(index))), List.of());
  }
}
