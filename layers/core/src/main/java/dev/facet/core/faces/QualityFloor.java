package dev.facet.core.faces;

import dev.facet.core.faults.CallerFault.PoorQuality;

/**
 * Checks that a face is measurable, and its quality against its application's {@code qualityFloor}.
 * Faces that are not measurable match strangers, so no application can admit them.
 */
final class QualityFloor {

  private QualityFloor() {}

  /**
   * Returns the face if it is measurable and its quality suffices.
   *
   * @throws PoorQuality naming the component that failed
   */
  static ExtractedFace check(ExtractedFace face, CallContext call) {
    if (!face.measurable()) {
      throw PoorQuality.notMeasurable(face.weakness());
    }
    double floor = call.application().qualityFloor();
    double quality = face.attributes().quality();
    if (quality < floor) {
      throw new PoorQuality(face.weakness(), quality, floor);
    }
    return face;
  }
}
