package dev.facet.core.gallery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one strongly consistent read of a log, in storage order. Such a read is not isolated
 * from concurrent commits, so entries may be missing and the head may be behind or ahead of them.
 *
 * @param entries in ascending order, gaps included
 * @param head the last row of the same read, {@link GalleryHead#NONE} for a gallery never written;
 *     null if there are more rows to read before it
 */
public record LogPage(List<LogEntry> entries, @Nullable GalleryHead head) {

  /** Copies the list. */
  public LogPage {
    entries = List.copyOf(entries);
  }
}
