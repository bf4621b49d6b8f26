package dev.facet.vision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A detected face: its box, in pixels of the full upright image, and its score. The box may extend
 * beyond the image.
 *
 * @param score the detector's confidence, 0..1
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

  /** Returns this box in pixels of another image, of which this one is a scaled part at (x, y). */
  Detection mapped(double scaleX, double scaleY, double x, double y) {
    return new Detection(
        left * scaleX + x, top * scaleY + y, right * scaleX + x, bottom * scaleY + y, score);
  }

  /** Returns this box widened on each side by {@code share} of its width or height. */
  Detection widened(double share) {
    double aside = share * width();
    double above = share * height();
    return new Detection(left - aside, top - above, right + aside, bottom + above, score);
  }

  /** Returns a square with the same centre, its side {@code times} the box's longer side. */
  Detection around(double times) {
    double reach = times * Math.max(width(), height()) / 2;
    return new Detection(
        centreX() - reach, centreY() - reach, centreX() + reach, centreY() + reach, score);
  }

  /** Returns the intersection over union (IoU), 0..1. */
  double iou(Detection other) {
    double shared = intersection(other);
    return shared / (area() + other.area() - shared);
  }

  /** Returns the intersection over the smaller box's area, 0..1. */
  double ioMin(Detection other) {
    return intersection(other) / Math.min(area(), other.area());
  }

  private double intersection(Detection other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return width <= 0 || height <= 0 ? 0 : width * height;
  }

  /**
   * Applies non-maximum suppression: of overlapping detections, keeps the one with the highest
   * score. Returns them by descending score.
   *
   * @param maxIou the IoU above which two boxes are the same face
   */
  static List<Detection> nonMaximumSuppression(List<Detection> detections, double maxIou) {
    List<Detection> kept = new ArrayList<>();
    detections.stream()
        .sorted(Comparator.comparingDouble(Detection::score).reversed())
        .filter(each -> kept.stream().noneMatch(other -> each.iou(other) > maxIou))
        .forEach(kept::add);
    return kept;
  }
}
