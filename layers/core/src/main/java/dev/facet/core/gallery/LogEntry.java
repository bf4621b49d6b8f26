package dev.facet.core.gallery;

import java.util.List;

/**
 * One commit, as stored in the log.
 *
 * @param seq the sequence number; the first is 1, and there are no gaps
 * @param changes the changes in order; each subject at most once
 */
public record LogEntry(long seq, List<LogChange> changes) {

  /** Copies the list. */
  public LogEntry {
    changes = List.copyOf(changes);
  }
}
