package dev.facet.core.gallery;

import dev.facet.core.gallery.LogErasureStore.Erased;
import dev.facet.core.retry.DueNotes;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Erases templates from galleries' logs that were replaced or deleted. An entry loses the change
 * that holds them and stays in its place, so that every replica ends in the same state: a later
 * entry removes or replaces the subject anyway.
 *
 * <p>Erasing twice is harmless, so a run that ends early is completed by the next one.
 */
public final class LogSweeper {

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POSTPONEMENT = Duration.ofMinutes(55);

  private final GalleryStore store;
  private final LogErasureStore erasures;
  private final InstantSource clock;

  /** Creates a sweeper of the galleries of a store. */
  public LogSweeper(GalleryStore store, LogErasureStore erasures, InstantSource clock) {
    this.store = store;
    this.erasures = erasures;
    this.clock = clock;
  }

  /**
   * Erases all templates that are due; it must run at least hourly.
   *
   * @return the number of changes erased from logs
   * @throws dev.facet.core.faults.TransientFault if a store cannot continue now; a later run
   *     completes the work
   * @throws dev.facet.core.faults.InternalFault after the run, if a note could not be worked off
   */
  public int sweep() {
    Instant now = clock.instant();
    return new DueNotes<LogErasure>() {
      @Override
      public List<LogErasure> due() {
        return erasures.pending(now, BATCH_SIZE);
      }

      @Override
      public int work(LogErasure note) {
        return erase(note);
      }

      @Override
      public void postpone(LogErasure note) {
        LogSweeper.this.postpone(note);
      }
    }.workOff();
  }

  private void postpone(LogErasure note) {
    erasures.add(note.dueAt(clock.instant().plus(POSTPONEMENT)));
    erasures.remove(note);
  }

  private int erase(LogErasure note) {
    if (store.head(note.gallery(), deadline()).position().seq() < note.commit()) {
      // a restored table may hold the note of a commit that it does not hold
      postpone(note);
      return 0;
    }
    int changes = 0;
    long bytes = 0;
    for (Map.Entry<Long, Set<SubjectId>> garbage : garbage(note).entrySet()) {
      Erased erased = erasures.erase(note.gallery(), garbage.getKey(), garbage.getValue());
      changes += erased.changes();
      bytes += erased.bytes();
    }
    if (bytes > 0) {
      erasures.shorten(note.gallery(), bytes);
    }
    erasures.remove(note);
    return changes;
  }

  private Map<Long, Set<SubjectId>> garbage(LogErasure note) {
    Map<Long, Set<SubjectId>> garbage = new HashMap<>();
    for (LogErasure.Ended ended : note.ended()) {
      garbage.computeIfAbsent(ended.seq(), seq -> new HashSet<>()).add(ended.subject());
    }
    if (note.wholeLog()) {
      addOlder(note.gallery(), garbage);
    }
    return garbage;
  }

  /** Reads the log up to the first gap and adds each change that a later one supersedes. */
  private void addOlder(GalleryId gallery, Map<Long, Set<SubjectId>> garbage) {
    Map<SubjectId, Long> holders = new HashMap<>();
    long next = 1;
    LogPage page;
    do {
      page = store.log(gallery, next, deadline());
      for (LogEntry entry : page.entries()) {
        if (entry.seq() != next) {
          return;
        }
        for (LogChange change : entry.changes()) {
          Long superseded =
              change.templates().isEmpty()
                  ? holders.remove(change.subject())
                  : holders.put(change.subject(), entry.seq());
          if (superseded != null) {
            garbage.computeIfAbsent(superseded, seq -> new HashSet<>()).add(change.subject());
          }
        }
        next++;
      }
    } while (page.head() == null);
  }

  private Instant deadline() {
    return clock.instant().plus(READ_TIMEOUT);
  }
}
