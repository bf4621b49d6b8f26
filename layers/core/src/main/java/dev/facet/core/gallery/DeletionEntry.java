package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An entry of the deletion ledger: the records of subjects that one commit deleted or replaced. The
 * commit writes it in its own transaction. It holds ids and times only, and outlives the backups,
 * so that a restore can delete again what a backup brings back.
 *
 * @param gallery the gallery
 * @param token the token of the commit
 * @param ended the records that it ended
 * @param at the time of the commit, in milliseconds
 */
public record DeletionEntry(GalleryId gallery, String token, List<Ended> ended, Instant at) {

  /**
   * The time for which an entry is kept: longer than the 35 days of point-in-time recovery and the
   * 14 days of queues, with a month in which to restore.
   */
  public static final Duration RETENTION = Duration.ofDays(65);

  /**
   * A version of a subject's record.
   *
   * @param subject the subject
   * @param seq the log entry that held its templates; {@link Subject#NO_SEQ} if unknown
   * @param updated the time of its templates; later versions of the subject have later times
   * @param replaced whether another version took its place
   */
  public record Ended(SubjectId subject, long seq, Instant updated, boolean replaced) {}

  /** Copies the list and truncates the time to milliseconds, as it is stored. */
  public DeletionEntry {
    ended = List.copyOf(ended);
    at = Instant.ofEpochMilli(at.toEpochMilli());
  }

  /** Returns the time from which the entry may be deleted. */
  public Instant expires() {
    return at.plus(RETENTION);
  }
}
