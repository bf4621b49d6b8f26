package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import dev.facet.core.faces.Point;
import dev.facet.vision.images.Photo;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Aligns faces to the position that embedding networks are trained on. The similarity transform
 * maps five landmarks to those of ArcFace's 112 × 112 template (Deng et al. 2019) by least squares
 * (Umeyama 1991).
 */
final class Alignment {

  /** Side of an aligned face in pixels. */
  static final int SIDE = 112;

  private static final List<Point> TEMPLATE =
      List.of(
          new Point(38.2946, 51.6963),
          new Point(73.5318, 51.5014),
          new Point(56.0252, 71.7366),
          new Point(41.5493, 92.3655),
          new Point(70.7299, 92.2041));

  /** Margin around the template, in template pixels, that interpolation reads at the border. */
  private static final double MARGIN = 4;

  private Alignment() {}

  /** Returns the aligned face: 112 × 112, 8-bit blue, green, red. The caller closes it. */
  static Mat align(Photo photo, Landmarks landmarks) {
    List<Point> five =
        landmarks.five().stream()
            .map(point -> new Point(point.x() / photo.scaleX(), point.y() / photo.scaleY()))
            .toList();
    Similarity toTemplate = Similarity.fit(five, TEMPLATE);
    int reduction = Integer.highestOneBit((int) Math.max(1, 1 / toTemplate.scale()));
    if (reduction < 2) {
      return warped(photo.pixels(), toTemplate);
    }
    return reducedFirst(photo.pixels(), toTemplate, reduction);
  }

  /**
   * Averages areas before the warp, which interpolates four pixels only and would skip the rest.
   */
  private static Mat reducedFirst(Mat pixels, Similarity toTemplate, int reduction) {
    Similarity back = toTemplate.inverse();
    double reach = (SIDE / 2.0 + MARGIN) * Math.sqrt(2) * back.scale();
    Point centre = back.apply(new Point(SIDE / 2.0, SIDE / 2.0));
    int left = (int) Math.clamp(centre.x() - reach, 0, pixels.cols() - 1);
    int top = (int) Math.clamp(centre.y() - reach, 0, pixels.rows() - 1);
    int columns = (int) Math.clamp(2 * reach, 1, pixels.cols() - left);
    int rows = (int) Math.clamp(2 * reach, 1, pixels.rows() - top);
    int smallColumns = columns / reduction;
    int smallRows = rows / reduction;
    if (smallColumns == 0 || smallRows == 0) {
      return warped(pixels, toTemplate);
    }
    try (Rect window = new Rect(left, top, smallColumns * reduction, smallRows * reduction);
        Mat part = new Mat(pixels, window);
        Mat small = Pyramid.resized(part, smallColumns, smallRows)) {
      // the centre of a reduced pixel is the centre of the area that it averages
      double offset = (reduction - 1) / 2.0;
      return warped(small, toTemplate.after(reduction, left + offset, top + offset));
    }
  }

  private static Mat warped(Mat pixels, Similarity transform) {
    Mat aligned = new Mat();
    try (Mat matrix = new Mat(2, 3, CV_64F);
        Size size = new Size(SIDE, SIDE);
        Scalar black = new Scalar(0, 0, 0, 0)) {
      matrix
          .ptr()
          .capacity(6L * Double.BYTES)
          .asByteBuffer()
          .order(ByteOrder.nativeOrder())
          .asDoubleBuffer()
          .put(transform.matrix());
      warpAffine(pixels, aligned, matrix, size, INTER_LINEAR, BORDER_CONSTANT, black);
    }
    return aligned;
  }

  /** A rotation with scaling and translation: x' = a·x − b·y + dx, y' = b·x + a·y + dy. */
  record Similarity(double a, double b, double dx, double dy) {

    static Similarity fit(List<Point> from, List<Point> to) {
      Point fromMean = mean(from);
      Point toMean = mean(to);
      double a = 0;
      double b = 0;
      double squares = 0;
      for (int i = 0; i < from.size(); i++) {
        double x = from.get(i).x() - fromMean.x();
        double y = from.get(i).y() - fromMean.y();
        double u = to.get(i).x() - toMean.x();
        double v = to.get(i).y() - toMean.y();
        a += x * u + y * v;
        b += x * v - y * u;
        squares += x * x + y * y;
      }
      // five coincident points have no direction, so any scale is valid
      double divisor = Math.max(squares, 1e-9);
      a /= divisor;
      b /= divisor;
      return new Similarity(
          a,
          b,
          toMean.x() - (a * fromMean.x() - b * fromMean.y()),
          toMean.y() - (b * fromMean.x() + a * fromMean.y()));
    }

    double scale() {
      return Math.max(1e-9, Math.hypot(a, b));
    }

    Point apply(Point p) {
      return new Point(a * p.x() - b * p.y() + dx, b * p.x() + a * p.y() + dy);
    }

    Similarity inverse() {
      double squares = scale() * scale();
      double ia = a / squares;
      double ib = -b / squares;
      return new Similarity(ia, ib, -(ia * dx - ib * dy), -(ib * dx + ia * dy));
    }

    /** Returns this transform for points that are first scaled by step and shifted by (x, y). */
    Similarity after(double step, double x, double y) {
      Point origin = apply(new Point(x, y));
      return new Similarity(a * step, b * step, origin.x(), origin.y());
    }

    double[] matrix() {
      return new double[] {a, -b, dx, b, a, dy};
    }

    private static Point mean(List<Point> points) {
      double x = 0;
      double y = 0;
      for (Point point : points) {
        x += point.x();
        y += point.y();
      }
      return new Point(x / points.size(), y / points.size());
    }
  }
}
