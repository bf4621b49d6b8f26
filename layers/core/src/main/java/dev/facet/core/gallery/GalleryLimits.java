package dev.facet.core.gallery;

/**
 * The gallery limits of a deployment.
 *
 * @param maxTemplates the maximum number of templates of a gallery; a write beyond it is refused
 * @param cacheBytes the approximate memory in bytes that a process spends on galleries; the gallery
 *     in use may exceed it
 */
public record GalleryLimits(long maxTemplates, long cacheBytes) {

  /** Returns limits without a maximum number of templates. */
  public static GalleryLimits unlimited(long cacheBytes) {
    return new GalleryLimits(Long.MAX_VALUE, cacheBytes);
  }
}
