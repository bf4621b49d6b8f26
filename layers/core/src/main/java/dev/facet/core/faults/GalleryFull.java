package dev.facet.core.faults;

/** The gallery holds as many templates as this deployment admits. */
public final class GalleryFull extends CallerFault {

  private final long maxTemplates;

  /**
   * @param maxTemplates the deployment's limit
   */
  public GalleryFull(long maxTemplates) {
    super("The gallery is full: maxTemplates is " + maxTemplates + ".");
    this.maxTemplates = maxTemplates;
  }

  /** The deployment's limit. */
  public long maxTemplates() {
    return maxTemplates;
  }
}
