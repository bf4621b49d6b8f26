package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * The storage of galleries: for each gallery a log of commits with a head and the subjects'
 * records, for each application the identifiers, the operations that were done, and the bundle of
 * its image gallery. Safe for concurrent use by any number of processes.
 *
 * <p>Every read but {@link #history} is strongly consistent: it sees all commits that were
 * acknowledged before it began. Every method throws {@link dev.facet.core.faults.TransientFault} if
 * the store can't answer now, or not before the deadline.
 */
public interface GalleryStore extends ImageSpaces {

  /** Returns the gallery's head; {@link GalleryHead#NONE} if it was never written. */
  GalleryHead head(GalleryId gallery, Instant deadline);

  /**
   * Reads the log from an entry on, as many rows as one read returns. To continue, read again from
   * the entry after the last one.
   *
   * @param from the first entry to return
   */
  LogPage log(GalleryId gallery, long from, Instant deadline);

  /**
   * Reads the log like {@link #log}, but may miss the latest commits, and its head may be an older
   * one. For history, which does not change: a store may answer at half the cost.
   */
  default LogPage history(GalleryId gallery, long from, Instant deadline) {
    return log(gallery, from, deadline);
  }

  /** Finds a subject's record. */
  Optional<Subject> subject(GalleryId gallery, SubjectId subject, Instant deadline);

  /** Finds the identifier for a caller's own name of a person. */
  Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline);

  /** Finds the record of an operation that was done and has not expired. */
  Optional<Operation> operation(ApplicationId application, OperationId operation, Instant deadline);

  /**
   * Stores the record of an operation that changes nothing else, unless it has an unexpired one.
   *
   * @return the record that exists already; empty if the given one was stored
   */
  Optional<Operation> record(ApplicationId application, Operation operation, Instant deadline);

  /** Returns the size that a write adds to a commit of this store. Calls no other process. */
  WriteSize size(GalleryId gallery, Write write);

  /**
   * Writes all or nothing, in one transaction. The head moves from the expected position to the
   * next. The log entry, subjects, operations and companions are stored; none of the operations may
   * have an unexpired record.
   *
   * <p>If a transaction fails for several reasons at once, done operations outrank a moved head,
   * which outranks a companion's failed condition. After a TransientFault the transaction may or
   * may not have been written; its operations show which.
   */
  CommitOutcome commit(Commit commit, Instant deadline);
}
