package dev.facet.core.faces;

import dev.facet.core.faults.PoorQuality;

/** Holds a face against its application's {@code qualityFloor}. */
final class QualityFloor {

  private QualityFloor() {}

  /**
   * Returns the face.
   *
   * @throws PoorQuality naming what is weakest, if its quality is below the floor
   */
  static ExtractedFace check(ExtractedFace face, Call call) {
    double floor = call.application().qualityFloor();
    double quality = face.attributes().quality();
    if (quality < floor) {
      throw new PoorQuality(face.weakness(), quality, floor);
    }
    return face;
  }
}
