package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.rotate;

import dev.facet.core.faces.Box;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.Point;
import dev.facet.vision.images.Photo;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** The direction in which a photo is turned before faces are searched on it. */
enum Orientation {
  AS_SENT(0, 0),
  CLOCKWISE(90, ROTATE_90_CLOCKWISE),
  UPSIDE_DOWN(180, ROTATE_180),
  COUNTERCLOCKWISE(-90, ROTATE_90_COUNTERCLOCKWISE);

  /** All in which the photo is turned. */
  static final List<Orientation> TURNED = List.of(UPSIDE_DOWN, CLOCKWISE, COUNTERCLOCKWISE);

  private final int degrees;
  private final int code;

  /**
   * @param degrees the angle by which the photo is turned clockwise
   * @param code OpenCV's code of that rotation
   */
  Orientation(int degrees, int code) {
    this.degrees = degrees;
    this.code = code;
  }

  /** Returns the turned photo. The caller closes it; not for {@link #AS_SENT}. */
  Photo turned(Photo photo) {
    Mat pixels = rotated(photo.pixels(), code);
    return this == UPSIDE_DOWN
        ? new Photo(pixels, photo.width(), photo.height())
        : new Photo(pixels, photo.height(), photo.width());
  }

  private static Mat rotated(Mat pixels, int code) {
    Mat rotated = new Mat();
    rotate(pixels, rotated, code);
    return rotated;
  }

  /**
   * Returns the attributes of a face on the photo as it was sent.
   *
   * @param face the attributes on the turned photo
   * @param turned the turned photo
   */
  FaceAttributes asSent(FaceAttributes face, Photo turned) {
    return this == AS_SENT
        ? face
        : new FaceAttributes(
            asSent(face.faceArea(), turned),
            asSent(face.headArea(), turned),
            asSent(face.rightEye(), turned),
            asSent(face.leftEye(), turned),
            face.frontalFaceScore(),
            rollAsSent(face.roll()),
            face.pan(),
            face.tilt(),
            face.faceScore(),
            face.quality(),
            face.components());
  }

  private Box asSent(Box box, Photo turned) {
    Point one = asSent(new Point(box.left(), box.top()), turned);
    Point other = asSent(new Point(box.right(), box.bottom()), turned);
    return new Box(
        (int) Math.min(one.x(), other.x()),
        (int) Math.min(one.y(), other.y()),
        (int) Math.max(one.x(), other.x()),
        (int) Math.max(one.y(), other.y()));
  }

  private Point asSent(Point point, Photo turned) {
    return switch (this) {
      case AS_SENT -> point;
      case CLOCKWISE -> new Point(point.y(), turned.width() - point.x());
      case UPSIDE_DOWN -> new Point(turned.width() - point.x(), turned.height() - point.y());
      case COUNTERCLOCKWISE -> new Point(turned.height() - point.y(), point.x());
    };
  }

  /** Returns the roll in −180..180 degrees, without −180. */
  private double rollAsSent(double roll) {
    double angle = roll - degrees;
    return angle - 360 * Math.ceil((angle - 180) / 360);
  }
}
