package dev.facet.core.restore;

import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.Subject;
import dev.facet.core.images.ImageKey;
import dev.facet.core.subjects.SubjectId;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The contents of a data table that was restored from a backup, and the photos that were stored
 * meanwhile. Nothing else writes while it is used. Every method may be repeated.
 *
 * <p>The streams enumerate the whole table while they are read, so they are slow, and have to be
 * closed; what was read may be changed meanwhile. Every method throws {@link
 * dev.facet.core.faults.TransientFault} if the store can't answer now.
 */
public interface RestoredStore {

  /**
   * A stored subject.
   *
   * @param gallery its gallery
   * @param record its record
   */
  record Enrolled(GalleryId gallery, Subject record) {}

  /** Returns the galleries with a head. */
  Set<GalleryId> galleries();

  /** Lists all subjects of all galleries. */
  Stream<Enrolled> subjects();

  /** Finds whether a gallery has a subject. */
  boolean isEnrolled(GalleryId gallery, SubjectId subject);

  /** Deletes the record of a subject; does nothing if it is absent. */
  void remove(GalleryId gallery, SubjectId subject);

  /** Deletes the notes of templates to erase from logs: the new logs have other numbers. */
  void removeLogErasures();

  /**
   * Stores an entry of a gallery's new log, over one of the old log, and lets the records of its
   * subjects point to it, in one transaction.
   */
  void append(GalleryId gallery, LogEntry entry);

  /**
   * Completes a gallery's new log: deletes the entries of the old log beyond its last one, then
   * replaces the head.
   */
  void complete(GalleryId gallery, GalleryHead head);

  /** Lists the identifiers of all applications. */
  Stream<Identifier> identifiers();

  /** Stores an identifier of a higher revision, or deletes one without subjects. */
  void bind(Identifier identifier);

  /** Lists the photos. */
  Stream<ImageKey> images();
}
