package dev.facet.core.faults;

import java.util.Locale;

/** The face's quality lies below the application's floor. */
public final class PoorQuality extends CallerFault {

  private final String component;
  private final double quality;
  private final double floor;

  /**
   * @param component what failed most: sharpness, exposure, pose or size
   * @param quality the face's quality, 0..1
   * @param floor the least quality that the application accepts, 0..1
   */
  public PoorQuality(String component, double quality, double floor) {
    super(
        String.format(
            Locale.ROOT,
            "Face quality %.2f is below %.2f: insufficient %s.",
            quality,
            floor,
            component));
    this.component = component;
    this.quality = quality;
    this.floor = floor;
  }

  /** What failed most: sharpness, exposure, pose or size. */
  public String component() {
    return component;
  }

  /** The face's quality, 0..1. */
  public double quality() {
    return quality;
  }

  /** The least quality that the application accepts, 0..1. */
  public double floor() {
    return floor;
  }
}
