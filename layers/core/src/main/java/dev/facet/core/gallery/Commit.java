package dev.facet.core.gallery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A group of writes that become visible together, as the next entry of a gallery's log.
 *
 * @param gallery the gallery to write to
 * @param expected the position of the head at which the writes were planned
 * @param epoch the epoch of the head after the commit: the expected one, or a new one for a first
 *     write
 * @param count templates of enrolled subjects after the commit
 * @param dimensions coordinates per factor after the commit
 * @param writes 1..{@value #MAX_WRITES}, no two of which touch the same item
 * @param stamp the origin of the log entry; its token identifies this attempt, so that the store
 *     recognises a request that was sent twice
 */
public record Commit(
    GalleryId gallery,
    LogPosition expected,
    String epoch,
    long count,
    Map<String, Integer> dimensions,
    List<Write> writes,
    LogEntry.Stamp stamp) {

  /** The maximum number of writes in a commit. */
  public static final int MAX_WRITES = 32;

  /** Checks the limits. */
  public Commit {
    if (writes.isEmpty() || writes.size() > MAX_WRITES) {
      throw new IllegalArgumentException("a commit has 1..%d writes".formatted(MAX_WRITES));
    }
    dimensions = Map.copyOf(dimensions);
    writes = List.copyOf(writes);
  }

  /** Returns the log entry of this commit. */
  public LogEntry entry() {
    return new LogEntry(
        expected.seq() + 1,
        writes.stream()
            .flatMap(write -> write.effects().stream())
            .map(Write.Effect::change)
            .toList(),
        stamp);
  }

  /**
   * Returns the note of the templates that this commit ends, for its own transaction; empty if it
   * ends none.
   */
  public Optional<LogErasure> erasure() {
    List<Subject> ended =
        writes.stream()
            .flatMap(write -> write.effects().stream())
            .map(Write.Effect::before)
            .filter(Objects::nonNull)
            .toList();
    boolean followsOlderVersion = stamp.prev() == null && expected.seq() > 0;
    boolean wholeLog =
        followsOlderVersion || ended.stream().anyMatch(subject -> subject.seq() == Subject.NO_SEQ);
    return ended.isEmpty() && !wholeLog
        ? Optional.empty()
        : Optional.of(
            new LogErasure(
                gallery,
                reached().seq(),
                ended.stream()
                    .filter(subject -> subject.seq() != Subject.NO_SEQ)
                    .map(subject -> new LogErasure.Ended(subject.id(), subject.seq()))
                    .toList(),
                wholeLog,
                stamp.at()));
  }

  /**
   * Returns the entry of the deletion ledger for the records that this commit ends; empty if none.
   */
  public Optional<DeletionEntry> deletion() {
    List<DeletionEntry.Ended> ended =
        writes.stream().flatMap(write -> write.effects().stream()).flatMap(Commit::ended).toList();
    return ended.isEmpty()
        ? Optional.empty()
        : Optional.of(new DeletionEntry(gallery, token(), ended, stamp.at()));
  }

  private static Stream<DeletionEntry.Ended> ended(Write.Effect effect) {
    Subject before = effect.before();
    return before == null
        ? Stream.empty()
        : Stream.of(
            new DeletionEntry.Ended(
                before.id(), before.seq(), before.updated(), effect instanceof Write.Store));
  }

  /** Returns the token of this attempt. */
  public String token() {
    return stamp.token();
  }

  /** Returns the position of the head after the commit. */
  public LogPosition reached() {
    return expected.next(epoch);
  }
}
