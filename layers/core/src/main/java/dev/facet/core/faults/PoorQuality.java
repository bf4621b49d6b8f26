package dev.facet.core.faults;

import java.util.Locale;

/** The face's quality is below the application's floor. */
public final class PoorQuality extends CallerFault {

  private final String component;
  private final double quality;
  private final double floor;

  /**
   * @param component the weakest component: sharpness, exposure, pose or size
   * @param quality the face's quality, 0..1
   * @param floor the minimum quality that the application accepts, 0..1
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

  /** Returns the weakest component: sharpness, exposure, pose or size. */
  public String component() {
    return component;
  }

  /** Returns the face's quality, 0..1. */
  public double quality() {
    return quality;
  }

  /** Returns the minimum quality that the application accepts, 0..1. */
  public double floor() {
    return floor;
  }
}
