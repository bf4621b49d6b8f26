package dev.facet.core.faces;

import dev.facet.core.faults.CallerFault.PoorQuality;

/** Checks a face against its application's {@code qualityFloor}. */
final class QualityFloor {

  private QualityFloor() {}

  /**
   * Returns the face if its quality suffices.
   *
   * @throws PoorQuality naming the weakest component, if the quality is below the floor
   */
  static ExtractedFace check(ExtractedFace face, CallContext call) {
    double floor = call.application().qualityFloor();
    double quality = face.attributes().quality();
    if (quality < floor) {
      throw new PoorQuality(face.weakness(), quality, floor);
    }
    return face;
  }
}
