package dev.facet.core.gallery;

import dev.facet.core.faults.InternalFault;
import java.util.Map;

/**
 * The gallery limits of a deployment.
 *
 * @param maxTemplates the maximum number of templates of a gallery; a write beyond it is refused
 * @param cacheBytes the approximate memory in bytes that a process spends on galleries; the gallery
 *     in use may exceed it
 * @param maxBytes the approximate memory in bytes that one gallery may need
 * @param rowBytes the off-heap memory in bytes that all galleries together may take, also while
 *     they are loaded and compacted
 */
public record GalleryLimits(long maxTemplates, long cacheBytes, long maxBytes, long rowBytes) {

  /** Leaves room for a few replacements of every template between two sweeps of the log. */
  private static final long LOG_BYTES_PER_TEMPLATE = 8 << 10;

  private static final long MIN_LOG_BYTES = 64 << 20;

  /** Returns the size in bytes of the longest log that is loaded. */
  long maxLogBytes() {
    return maxLogBytes(maxTemplates);
  }

  /**
   * Returns the size in bytes of the longest log that is loaded of a gallery with at most so many
   * templates. With the default of 40,000 this is 328 MB, which takes DynamoDB about 14 s.
   */
  public static long maxLogBytes(long maxTemplates) {
    return maxTemplates > Long.MAX_VALUE / LOG_BYTES_PER_TEMPLATE
        ? Long.MAX_VALUE
        : Math.max(MIN_LOG_BYTES, maxTemplates * LOG_BYTES_PER_TEMPLATE);
  }

  /** Creates limits without a maximum of one gallery's memory. */
  public GalleryLimits(long maxTemplates, long cacheBytes) {
    this(maxTemplates, cacheBytes, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Returns the limits of a process with so much off-heap memory. A gallery may take a quarter:
   * while its index is compacted there are its rows, at most a quarter as many removed ones, and a
   * copy of its rows, perhaps beside an older copy that is still in use. Other galleries are
   * evicted first. A sixteenth is left to buffers of connections and files.
   */
  public static GalleryLimits within(long maxTemplates, long offHeapBytes) {
    long quarter = offHeapBytes / 4;
    return new GalleryLimits(maxTemplates, quarter, quarter, offHeapBytes - offHeapBytes / 16);
  }

  /**
   * Checks that a gallery with so many templates fits in memory.
   *
   * @param dimensions coordinates per factor
   * @throws InternalFault NO_MEMORY if it does not
   */
  void checkMemory(long templates, Map<String, Integer> dimensions) {
    long row = dimensions.values().stream().mapToLong(IndexView::bytesPerSubject).max().orElse(0);
    if (row > 0 && templates > maxBytes / row) {
      throw new InternalFault(
          InternalFault.Kind.NO_MEMORY,
          ("A gallery of %d templates needs %d MB of memory; this process has %d MB for one. Give"
                  + " it more memory (MaxDirectMemorySize), or delete subjects.")
              .formatted(templates, mb(templates * row), mb(maxBytes)));
    }
  }

  private static long mb(long bytes) {
    return bytes / 1_000_000;
  }

  /** Returns limits without a maximum number of templates. */
  public static GalleryLimits unlimited(long cacheBytes) {
    return new GalleryLimits(Long.MAX_VALUE, cacheBytes);
  }
}
