package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The notes of templates to erase from galleries' logs, and their erasure. Commits write the notes.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} if the store can't answer
 * now.
 */
public interface LogErasureStore {

  /** Returns at most {@code limit} of the notes that are due. */
  List<LogErasure> pending(Instant now, int limit);

  /** Stores a note again that is due later. */
  void add(LogErasure note);

  /** Deletes a note; does nothing if it is absent. */
  void remove(LogErasure note);

  /**
   * Removes the templates of these subjects from an entry of the log. The entry keeps its number
   * and its stamp.
   *
   * @return what was removed; nothing if it is gone already
   */
  Erased erase(GalleryId gallery, long seq, Set<SubjectId> subjects);

  /** Subtracts erased bytes from the size in the gallery's head. */
  void shorten(GalleryId gallery, long bytes);

  /**
   * The result of an erasure.
   *
   * @param changes the number of changes that were removed
   * @param bytes their size by {@link LogEntry#bytes}
   */
  record Erased(int changes, long bytes) {

    /** The result of an erasure that found nothing. */
    public static final Erased NOTHING = new Erased(0, 0);
  }
}
