package dev.facet.vision;

import dev.facet.core.faces.Point;
import dev.facet.vision.images.Photo;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * The part of a photo that a detection covers, clipped to the photo.
 *
 * @param photo the photo
 * @param x leftmost column, in pixels of the decoded photo (not of the full image)
 * @param y topmost row
 * @param width columns, at least one
 * @param height rows, at least one
 */
record Crop(Photo photo, int x, int y, int width, int height) implements NetworkInput {

  static Crop of(Photo photo, Detection face) {
    int columns = photo.pixels().cols();
    int rows = photo.pixels().rows();
    int left = clamp(face.left() / photo.scaleX(), columns - 1);
    int top = clamp(face.top() / photo.scaleY(), rows - 1);
    int right = clamp(face.right() / photo.scaleX(), columns);
    int bottom = clamp(face.bottom() / photo.scaleY(), rows);
    return new Crop(photo, left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  private static int clamp(double value, int most) {
    return (int) Math.clamp(value, 0, most);
  }

  @Override
  public Mat resized(int columns, int rows) {
    try (Rect window = new Rect(x, y, width, height);
        Mat part = new Mat(photo.pixels(), window)) {
      return Pyramid.resized(part, columns, rows);
    }
  }

  @Override
  public Point toImage(double acrossFraction, double downFraction) {
    return new Point(
        (x + acrossFraction * width) * photo.scaleX(),
        (y + downFraction * height) * photo.scaleY());
  }
}
