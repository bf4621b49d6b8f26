package dev.facet.vision;

import dev.facet.core.faces.Point;
import java.util.List;

/**
 * 68 points of a face in pixels of the full upright image, in the order of the iBUG 300-W set: jaw
 * 0..16, brows 17..26, nose 27..35, the subject's right eye 36..41, left eye 42..47, mouth 48..67.
 *
 * @param points the points
 */
record Landmarks(List<Point> points) {

  static final int COUNT = 68;

  Landmarks {
    if (points.size() != COUNT) {
      throw new IllegalArgumentException("a face has 68 landmarks here, not " + points.size());
    }
    points = List.copyOf(points);
  }

  /** Returns the centre of the subject's right eye, which is on the image's left. */
  Point rightEye() {
    return centre(36, 42);
  }

  /** Returns the centre of the subject's left eye. */
  Point leftEye() {
    return centre(42, 48);
  }

  /**
   * Returns the five points for the alignment: right eye, left eye, nose tip, corners of the mouth.
   */
  List<Point> five() {
    return List.of(rightEye(), leftEye(), points.get(30), points.get(48), points.get(54));
  }

  /** Returns the in-plane rotation of the line between the eyes in degrees, clockwise positive. */
  double roll() {
    Point right = rightEye();
    Point left = leftEye();
    return Math.toDegrees(Math.atan2(left.y() - right.y(), left.x() - right.x()));
  }

  private Point centre(int from, int to) {
    double x = 0;
    double y = 0;
    for (Point point : points.subList(from, to)) {
      x += point.x();
      y += point.y();
    }
    return new Point(x / (to - from), y / (to - from));
  }
}
