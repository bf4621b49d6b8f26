package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where galleries are kept: per gallery a log of commits with a head, the subjects' records, and
 * the operations that were done. Safe for concurrent use, by any number of processes.
 *
 * <p>Every read is strongly consistent: it sees all commits that were answered before it began.
 * Every method throws {@link dev.facet.core.faults.TransientFault} when the store can't answer now,
 * or not before the deadline.
 */
public interface GalleryStore {

  /** The gallery's head; {@link GalleryHead#NONE} if it was never written. */
  GalleryHead head(GalleryId gallery, Instant deadline);

  /**
   * Reads the log from an entry on: as many rows as one read returns. To go on, ask again from the
   * entry after the last.
   *
   * @param from the first entry wanted
   */
  LogPage log(GalleryId gallery, long from, Instant deadline);

  /** A subject's record. */
  Optional<Subject> subject(GalleryId gallery, SubjectId subject, Instant deadline);

  /** Whom a caller's own name for a person means. */
  Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline);

  /** The record of an operation that was done and has not expired. */
  Optional<Operation> operation(ApplicationId application, OperationId operation, Instant deadline);

  /**
   * Writes all or nothing, in one transaction: the head moves from the expected position to the
   * next; the log entry; subjects; operations, none of which may be there unexpired; companions.
   *
   * <p>A transaction fails for several reasons at once; operations done outrank a moved head, which
   * outranks a companion's failed condition. After a TransientFault it may or may not have been
   * written: whether it was is told by its operations.
   */
  CommitOutcome commit(Commit commit, Instant deadline);
}
