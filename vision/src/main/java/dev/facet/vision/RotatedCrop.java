package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import dev.facet.core.faces.Point;
import dev.facet.vision.images.Photo;
import java.nio.ByteOrder;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The part of a photo that a face's box covers after rotation about its centre.
 *
 * @param around the part of the photo that the rotated box can reach
 * @param box the upright box
 * @param cosine cosine of the rotation angle, clockwise positive
 * @param sine sine of that angle
 */
record RotatedCrop(Crop around, Crop box, double cosine, double sine) implements NetworkInput {

  private static final double CROP_MARGIN = 0.25;

  static RotatedCrop of(Photo photo, Detection face, double degrees) {
    double angle = Math.toRadians(degrees);
    return new RotatedCrop(
        Crop.of(photo, face.widened(CROP_MARGIN)),
        Crop.of(photo, face),
        Math.cos(angle),
        Math.sin(angle));
  }

  @Override
  public Mat resized(int columns, int rows) {
    int aroundColumns = (int) (columns * (1 + 2 * CROP_MARGIN));
    int aroundRows = (int) (rows * (1 + 2 * CROP_MARGIN));
    double scaleX = (double) aroundColumns / around.width();
    double scaleY = (double) aroundRows / around.height();
    Point origin = toPhoto(0.5 / columns, 0.5 / rows);
    Mat result = new Mat();
    try (Mat small = around.resized(aroundColumns, aroundRows);
        Mat matrix = new Mat(2, 3, CV_64F);
        Size size = new Size(columns, rows);
        Scalar none = new Scalar()) {
      matrix
          .ptr()
          .capacity(6L * Double.BYTES)
          .asByteBuffer()
          .order(ByteOrder.nativeOrder())
          .asDoubleBuffer()
          .put(cosine * box.width() / columns * scaleX)
          .put(-sine * box.height() / rows * scaleX)
          .put((origin.x() - around.x()) * scaleX - 0.5)
          .put(sine * box.width() / columns * scaleY)
          .put(cosine * box.height() / rows * scaleY)
          .put((origin.y() - around.y()) * scaleY - 0.5);
      int how = INTER_LINEAR | WARP_INVERSE_MAP;
      warpAffine(small, result, matrix, size, how, BORDER_REPLICATE, none);
    }
    return result;
  }

  @Override
  public Point toImage(double acrossFraction, double downFraction) {
    Point point = toPhoto(acrossFraction, downFraction);
    Photo photo = box.photo();
    return new Point(point.x() * photo.scaleX(), point.y() * photo.scaleY());
  }

  private Point toPhoto(double acrossFraction, double downFraction) {
    double across = (acrossFraction - 0.5) * box.width();
    double down = (downFraction - 0.5) * box.height();
    return new Point(
        box.x() + box.width() / 2.0 + cosine * across - sine * down,
        box.y() + box.height() / 2.0 + sine * across + cosine * down);
  }
}
