package dev.facet.core.gallery;

/**
 * What a deployment admits.
 *
 * @param maxTemplates the most templates of a gallery; a write beyond is refused
 * @param cacheBytes about how much memory a process spends on galleries; the one in use may exceed
 *     it
 */
public record GalleryLimits(long maxTemplates, long cacheBytes) {

  /** Without limits on the number of templates. */
  public static GalleryLimits unlimited(long cacheBytes) {
    return new GalleryLimits(Long.MAX_VALUE, cacheBytes);
  }
}
