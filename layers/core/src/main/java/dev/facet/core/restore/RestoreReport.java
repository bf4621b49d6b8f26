package dev.facet.core.restore;

import dev.facet.core.subjects.SubjectId;
import java.util.List;

/**
 * The result of a restore.
 *
 * @param galleries the number of galleries with a new log
 * @param subjects the number of subjects in them
 * @param templates the number of their templates
 * @param deleted the number of subjects deleted again
 * @param replaced the subjects deleted because the backup held only templates that were replaced
 *     later; they have to be enrolled again
 * @param spared the number of subjects in the ledger that a later version of them spared
 * @param applications the number of applications erased again
 * @param identifiers the number of identifiers that named subjects which are gone
 * @param photos the number of photos deleted with their subjects
 * @param orphans the number of photos without a subject, which a sweep erases after {@link
 *     Restore#ORPHANS_KEPT}
 * @param ledger the number of entries of the ledger
 */
public record RestoreReport(
    int galleries,
    long subjects,
    long templates,
    int deleted,
    List<SubjectId> replaced,
    int spared,
    int applications,
    int identifiers,
    int photos,
    int orphans,
    int ledger) {

  /** Copies the list. */
  public RestoreReport {
    replaced = List.copyOf(replaced);
  }
}
