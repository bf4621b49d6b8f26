package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * An image pyramid that shrinks a picture without aliasing. It halves the picture by averaging
 * while the result is at least as large as requested, and interpolates the rest. OpenCV averages
 * 2×2 pixels ten times as fast as areas of any other size. Halved pictures are kept for later
 * requests.
 */
final class Pyramid implements AutoCloseable {

  private final Mat pixels;
  private final List<Mat> halves = new ArrayList<>();

  /**
   * Creates the pyramid of a picture.
   *
   * @param pixels the picture, which this pyramid does not close; halving drops an odd last row or
   *     column
   */
  Pyramid(Mat pixels) {
    this.pixels = pixels;
  }

  /** Resizes a picture that is needed at one size only. The caller closes the result. */
  static Mat resized(Mat pixels, int columns, int rows) {
    try (Pyramid pyramid = new Pyramid(pixels)) {
      return pyramid.resized(columns, rows);
    }
  }

  /** Returns the picture at the given size. The caller closes it. */
  Mat resized(int columns, int rows) {
    Mat nearest = pixels;
    for (int i = 0; nearest.cols() / 2 >= columns && nearest.rows() / 2 >= rows; i++) {
      if (i == halves.size()) {
        halves.add(halved(nearest));
      }
      nearest = halves.get(i);
    }
    Mat result = new Mat();
    try (Size size = new Size(columns, rows)) {
      resize(nearest, result, size, 0, 0, INTER_LINEAR);
    }
    return result;
  }

  private static Mat halved(Mat pixels) {
    int columns = pixels.cols() / 2;
    int rows = pixels.rows() / 2;
    Mat half = new Mat();
    try (Rect window = new Rect(0, 0, 2 * columns, 2 * rows);
        Mat even = new Mat(pixels, window);
        Size size = new Size(columns, rows)) {
      resize(even, half, size, 0, 0, INTER_AREA);
    }
    return half;
  }

  @Override
  public void close() {
    halves.forEach(Mat::close);
  }
}
