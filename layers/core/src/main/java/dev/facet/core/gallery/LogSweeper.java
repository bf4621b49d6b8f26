package dev.facet.core.gallery;

import dev.facet.core.gallery.LogErasureStore.Erased;
import dev.facet.core.retry.DueNotes;
import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

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
  private final BooleanSupplier admitted;
  private final InstantSource clock;
  private final Retries retries;

  /** Creates a sweeper of the galleries of a store. */
  public LogSweeper(GalleryStore store, LogErasureStore erasures, InstantSource clock) {
    this(store, erasures, () -> true, clock);
  }

  /**
   * Creates a sweeper of the galleries of a store.
   *
   * @param admitted whether logs may be changed; a restore writes them anew, with other numbers
   */
  public LogSweeper(
      GalleryStore store, LogErasureStore erasures, BooleanSupplier admitted, InstantSource clock) {
    this.store = store;
    this.erasures = erasures;
    this.admitted = admitted;
    this.clock = clock;
    this.retries = Retries.of(clock);
  }

  /**
   * Erases all templates that are due, but none while a restore is under way; it must run at least
   * hourly.
   *
   * @return the number of changes erased from logs
   * @throws dev.facet.core.faults.TransientFault if a store cannot continue now; a later run
   *     completes the work
   * @throws dev.facet.core.faults.InternalFault after the run, if a note could not be worked off
   */
  public int sweep() {
    if (!admitted.getAsBoolean()) {
      return 0;
    }
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
    Erased erased = erase(note.gallery(), garbage(note));
    if (note.wholeLog()) {
      erased = erased.plus(eraseOlder(note.gallery()));
    }
    if (erased.bytes() > 0) {
      shorten(note.gallery(), erased.bytes());
    }
    erasures.remove(note);
    return erased.changes();
  }

  private Erased erase(GalleryId gallery, Map<Long, Set<SubjectId>> garbage) {
    Erased erased = Erased.NOTHING;
    for (Map.Entry<Long, Set<SubjectId>> each : garbage.entrySet()) {
      erased = erased.plus(erasures.erase(gallery, each.getKey(), each.getValue()));
    }
    return erased;
  }

  /**
   * Retries, since commits move the same head, and a later sweep would find nothing to subtract.
   */
  private void shorten(GalleryId gallery, long bytes) {
    var _ =
        retries.shortly(
            () -> {
              erasures.shorten(gallery, bytes);
              return bytes;
            });
  }

  private static Map<Long, Set<SubjectId>> garbage(LogErasure note) {
    Map<Long, Set<SubjectId>> garbage = new HashMap<>();
    for (LogErasure.Ended ended : note.ended()) {
      garbage.computeIfAbsent(ended.seq(), seq -> new HashSet<>()).add(ended.subject());
    }
    return garbage;
  }

  /**
   * Reads the log up to the first gap and erases each change that a later one supersedes. It erases
   * after each page, so that a run which is cut short leaves less to the next one.
   */
  private Erased eraseOlder(GalleryId gallery) {
    Map<SubjectId, Long> holders = new HashMap<>();
    Erased erased = Erased.NOTHING;
    long next = 1;
    LogPage page;
    do {
      page = store.log(gallery, next, deadline());
      Map<Long, Set<SubjectId>> garbage = new HashMap<>();
      for (LogEntry entry : page.entries()) {
        if (entry.seq() != next) {
          return erased.plus(erase(gallery, garbage));
        }
        supersede(entry, holders, garbage);
        next++;
      }
      erased = erased.plus(erase(gallery, garbage));
    } while (page.head() == null);
    return erased;
  }

  private static void supersede(
      LogEntry entry, Map<SubjectId, Long> holders, Map<Long, Set<SubjectId>> garbage) {
    for (LogChange change : entry.changes()) {
      Long superseded =
          change.templates().isEmpty()
              ? holders.remove(change.subject())
              : holders.put(change.subject(), entry.seq());
      if (superseded != null) {
        garbage.computeIfAbsent(superseded, seq -> new HashSet<>()).add(change.subject());
      }
    }
  }

  private Instant deadline() {
    return clock.instant().plus(READ_TIMEOUT);
  }
}
