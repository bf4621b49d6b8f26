package dev.facet.core.erasure;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.DeletionEntry;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ids of subjects and applications that were deleted. It is stored apart from all else and kept
 * for {@link DeletionEntry#RETENTION}, longer than the backups. Commits write the entries of
 * subjects themselves.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} if the store can't answer
 * now.
 */
public interface DeletionLedger {

  /** Notes that an application is erased; noting it again is harmless. */
  void applicationErased(ApplicationId application, Instant at);

  /** Returns the applications that were erased. */
  List<ApplicationId> erasedApplications();

  /**
   * Returns the records of subjects that were deleted or replaced, in no order, while they are
   * read.
   *
   * @return a stream to be closed
   */
  Stream<DeletionEntry> deletions();
}
