package dev.facet.core.faults;

/** The face's quality lies below the application's floor. */
public final class PoorQuality extends CallerFault {

  private final String component;

  /**
   * @param component what failed most: sharpness, exposure, pose or size
   * @param quality the face's quality, 0..1
   * @param floor the least quality that the application accepts, 0..1
   */
  public PoorQuality(String component, double quality, double floor) {
    super("Face quality %.2f is below %.2f: insufficient %s.".formatted(quality, floor, component));
    this.component = component;
  }

  /** What failed most: sharpness, exposure, pose or size. */
  public String component() {
    return component;
  }
}
