package dev.facet.core.faults;

/** The gallery has reached the deployment's limit on templates. */
public final class GalleryFull extends CallerFault {

  private final long maxTemplates;

  /**
   * @param maxTemplates the deployment's limit
   */
  public GalleryFull(long maxTemplates) {
    super("The gallery is full: maxTemplates is " + maxTemplates + ".");
    this.maxTemplates = maxTemplates;
  }

  /** Returns the deployment's limit. */
  public long maxTemplates() {
    return maxTemplates;
  }
}
