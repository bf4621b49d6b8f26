package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One commit, as stored in the log.
 *
 * @param seq the sequence number; the first is 1, and there are no gaps
 * @param changes the changes in order; each subject at most once. A change whose templates were
 *     deleted or replaced later is missing once it has been erased.
 * @param stamp the origin of the entry; null if an older version wrote it
 */
public record LogEntry(long seq, List<LogChange> changes, @Nullable Stamp stamp) {

  private static final long ENTRY_BYTES = 150;
  private static final long CHANGE_BYTES = 50;
  private static final long TEMPLATE_BYTES = 40;
  private static final long NORM_BYTES = 12;

  /**
   * The origin of an entry. The tokens chain the entries, so that a log which was rewritten under
   * the same sequence numbers is recognised.
   *
   * @param at the time of the commit, in milliseconds
   * @param token identifies the commit
   * @param prev the token of the entry before; empty for the first entry, null if the entry before
   *     has no stamp
   */
  public record Stamp(Instant at, String token, @Nullable String prev) {

    /** Truncates the time to milliseconds, as it is stored. */
    public Stamp {
      at = Instant.ofEpochMilli(at.toEpochMilli());
    }
  }

  /** Copies the list. */
  public LogEntry {
    changes = List.copyOf(changes);
  }

  /** Creates an entry without a stamp. */
  public LogEntry(long seq, List<LogChange> changes) {
    this(seq, changes, null);
  }

  /** Returns the commit's token; null if the entry has no stamp. */
  public @Nullable String token() {
    return stamp == null ? null : stamp.token();
  }

  /**
   * Returns whether the entry may follow one with this token. Without both tokens nothing
   * contradicts it.
   */
  boolean mayFollow(@Nullable String token) {
    return stamp == null || stamp.prev() == null || token == null || stamp.prev().equals(token);
  }

  /** Returns the approximate stored size in bytes. */
  public long bytes() {
    return ENTRY_BYTES + changes.stream().mapToLong(LogEntry::bytes).sum();
  }

  /** Returns the approximate stored size of a change in bytes. */
  public static long bytes(LogChange change) {
    return changeBytes(change.subject())
        + change.templates().stream()
            .mapToLong(
                template -> templateBytes(template.factor(), template.dimension(), template.norm()))
            .sum();
  }

  /** Returns the approximate stored size in bytes of a change without its templates. */
  static long changeBytes(SubjectId subject) {
    return CHANGE_BYTES + subject.value().length();
  }

  /** Returns the approximate stored size in bytes of a template of a change. */
  static long templateBytes(String factor, int dimension, float norm) {
    return TEMPLATE_BYTES
        + factor.length()
        + (long) Float.BYTES * dimension
        + (norm == Template.UNKNOWN_NORM ? 0 : NORM_BYTES);
  }
}
