package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.List;

/**
 * A note of templates in a gallery's log that no subject has any more. The commit that replaces or
 * removes them writes it in its own transaction, and {@link LogSweeper} erases them.
 *
 * @param gallery the gallery
 * @param commit the log entry of the commit that ended them
 * @param ended the changes to erase
 * @param wholeLog whether there may be others, of entries or subjects that an older version wrote:
 *     the whole log has to be read for them
 * @param due the earliest time of the erasure; whole seconds
 */
public record LogErasure(
    GalleryId gallery, long commit, List<Ended> ended, boolean wholeLog, Instant due) {

  /** A subject, and the log entry that holds its former templates. */
  public record Ended(SubjectId subject, long seq) {}

  /** Truncates the time to whole seconds, its stored precision. */
  public LogErasure {
    ended = List.copyOf(ended);
    due = Instant.ofEpochSecond(due.getEpochSecond());
  }

  /** Returns the note with another time. */
  LogErasure dueAt(Instant time) {
    return new LogErasure(gallery, commit, ended, wholeLog, time);
  }
}
