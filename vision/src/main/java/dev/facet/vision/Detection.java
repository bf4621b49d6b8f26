package dev.facet.vision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A face found: its box in pixels of the full upright image, which may reach beyond it, and how
 * sure the detector is.
 *
 * @param score 0..1
 */
record Detection(double left, double top, double right, double bottom, double score) {

  double width() {
    return right - left;
  }

  double height() {
    return bottom - top;
  }

  double area() {
    return width() * height();
  }

  double centreX() {
    return (left + right) / 2;
  }

  double centreY() {
    return (top + bottom) / 2;
  }

  /** The same face in pixels of another image, of which this one's are a scaled and moved part. */
  Detection mapped(double scaleX, double scaleY, double x, double y) {
    return new Detection(
        left * scaleX + x, top * scaleY + y, right * scaleX + x, bottom * scaleY + y, score);
  }

  /** The same with so much more on each side, as a share of the box's own. */
  Detection widened(double share) {
    double aside = share * width();
    double above = share * height();
    return new Detection(left - aside, top - above, right + aside, bottom + above, score);
  }

  /** A square around the same middle, so many times as wide as the box's longer side. */
  Detection around(double times) {
    double reach = times * Math.max(width(), height()) / 2;
    return new Detection(
        centreX() - reach, centreY() - reach, centreX() + reach, centreY() + reach, score);
  }

  /** Intersection over union, 0..1. */
  double overlap(Detection other) {
    double shared = intersection(other);
    return shared / (area() + other.area() - shared);
  }

  /** The share of the smaller box that the other one covers, 0..1. */
  double cover(Detection other) {
    return intersection(other) / Math.min(area(), other.area());
  }

  private double intersection(Detection other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return width <= 0 || height <= 0 ? 0 : width * height;
  }

  /**
   * One detection a face: of those that overlap, the surest.
   *
   * @param overlap intersection over union from which on two boxes are one face
   */
  static List<Detection> distinct(List<Detection> detections, double overlap) {
    List<Detection> kept = new ArrayList<>();
    detections.stream()
        .sorted(Comparator.comparingDouble(Detection::score).reversed())
        .filter(each -> kept.stream().noneMatch(other -> each.overlap(other) > overlap))
        .forEach(kept::add);
    return kept;
  }
}
