package dev.facet.core.gallery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one strongly consistent read of a log, as they lie there. Such a read is not isolated
 * from commits under way, so entries may be missing and the head may be behind or ahead of them.
 *
 * @param entries ascending, gaps included
 * @param head the last row of the same read, {@link GalleryHead#NONE} for a gallery never written;
 *     null if there are more rows to read before it
 */
public record LogPage(List<LogEntry> entries, @Nullable GalleryHead head) {

  /** Copies the list. */
  public LogPage {
    entries = List.copyOf(entries);
  }
}
