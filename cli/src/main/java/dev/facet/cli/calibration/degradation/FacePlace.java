package dev.facet.cli.calibration.degradation;

import dev.facet.core.faces.Point;

/**
 * The place of a face in its clean photo. The unit of length is the distance between the eyes, so
 * that an effect covers the same part of every face: the mouth is about 1.1 below the eyes, the
 * chin 1.8, and half a face is about 1.1 wide.
 *
 * @param rightEye centre of the subject's right eye, on the photo's left
 * @param leftEye centre of the subject's left eye
 */
record FacePlace(Point rightEye, Point leftEye) {

  /** Returns the distance between the eyes in pixels, at least one. */
  double unit() {
    return Math.max(1, Math.hypot(leftEye.x() - rightEye.x(), leftEye.y() - rightEye.y()));
  }

  /**
   * Returns a point of the photo.
   *
   * @param across distance from the middle between the eyes towards the left eye, in eye distances
   * @param down distance from the line of the eyes towards the mouth, in eye distances
   */
  Point point(double across, double down) {
    double dx = leftEye.x() - rightEye.x();
    double dy = leftEye.y() - rightEye.y();
    return new Point(
        (rightEye.x() + leftEye.x()) / 2 + across * dx - down * dy,
        (rightEye.y() + leftEye.y()) / 2 + across * dy + down * dx);
  }

  /** Returns the middle of the face. */
  Point centre() {
    return point(0, 0.5);
  }
}
