package dev.facet.face;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes pictures smaller without missing what lies between the pixels that are looked at: halves
 * them by averages as long as that leaves enough, and interpolates the rest. OpenCV averages two by
 * two pixels ten times as quickly as areas of any other size.
 */
final class Shrink {

  private Shrink() {}

  /**
   * Resizes a picture.
   *
   * @param pixels the picture; an odd last row or column is left out where it is halved
   * @param result where it is written
   * @param columns of the result
   * @param rows of it
   */
  static void to(Mat pixels, Mat result, int columns, int rows) {
    int halfColumns = pixels.cols() / 2;
    int halfRows = pixels.rows() / 2;
    if (halfColumns < columns || halfRows < rows) {
      try (Size size = new Size(columns, rows)) {
        resize(pixels, result, size, 0, 0, INTER_LINEAR);
      }
      return;
    }
    try (Rect window = new Rect(0, 0, 2 * halfColumns, 2 * halfRows);
        Mat even = new Mat(pixels, window);
        Mat half = new Mat();
        Size size = new Size(halfColumns, halfRows)) {
      resize(even, half, size, 0, 0, INTER_AREA);
      to(half, result, columns, rows);
    }
  }
}
