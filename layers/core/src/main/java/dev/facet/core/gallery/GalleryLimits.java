package dev.facet.core.gallery;

/**
 * The gallery limits of a deployment.
 *
 * @param maxTemplates the maximum number of templates of a gallery; a write beyond it is refused
 * @param cacheBytes the approximate memory in bytes that a process spends on galleries; the gallery
 *     in use may exceed it
 */
public record GalleryLimits(long maxTemplates, long cacheBytes) {

  /** Leaves room for a few replacements of every template between two sweeps of the log. */
  private static final long LOG_BYTES_PER_TEMPLATE = 8 << 10;

  private static final long MIN_LOG_BYTES = 64 << 20;

  /**
   * Returns the size in bytes of the longest log that is loaded. With the default of 40,000
   * templates this is 328 MB, which takes DynamoDB about 14 s.
   */
  long maxLogBytes() {
    return maxTemplates > Long.MAX_VALUE / LOG_BYTES_PER_TEMPLATE
        ? Long.MAX_VALUE
        : Math.max(MIN_LOG_BYTES, maxTemplates * LOG_BYTES_PER_TEMPLATE);
  }

  /** Returns limits without a maximum number of templates. */
  public static GalleryLimits unlimited(long cacheBytes) {
    return new GalleryLimits(Long.MAX_VALUE, cacheBytes);
  }
}
