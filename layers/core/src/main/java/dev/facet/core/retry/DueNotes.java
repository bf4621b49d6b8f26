package dev.facet.core.retry;

import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes of work that is due. A note that fails is postponed, so that it does not keep the others
 * from their turn.
 *
 * @param <N> the type of a note
 */
public interface DueNotes<N> {

  /** The number of notes that are read at once. */
  int BATCH_SIZE = 100;

  /** After so many transient faults in a row, the store is out of reach for all notes. */
  int MAX_TRANSIENT_FAULTS = 3;

  /** Returns at most {@link #BATCH_SIZE} of the notes that are due. */
  List<N> due();

  /** Does the work of a note and removes the note; returns the number of things done. */
  int work(N note);

  /** Makes a note due later, in the next run at the earliest. */
  void postpone(N note);

  /**
   * Works off all notes that are due.
   *
   * @return the number of things done
   * @throws TransientFault if a store cannot continue now; a later run completes the work
   * @throws InternalFault after the run, if some notes were postponed
   */
  default int workOff() {
    int done = 0;
    int postponed = 0;
    int inRow = 0;
    @Nullable Fault first = null;
    List<N> notes;
    do {
      notes = due();
      for (N note : notes) {
        try {
          done += work(note);
          inRow = 0;
        } catch (TransientFault | InternalFault fault) {
          if (fault instanceof TransientFault && ++inRow == MAX_TRANSIENT_FAULTS) {
            throw fault;
          }
          first = first == null ? fault : first;
          postpone(note);
          postponed++;
        }
      }
    } while (notes.size() == BATCH_SIZE);
    if (first != null) {
      throw new InternalFault(
          "%d of the due notes could not be worked off and were postponed; %d things were done."
              .formatted(postponed, done),
          first);
    }
    return done;
  }
}
