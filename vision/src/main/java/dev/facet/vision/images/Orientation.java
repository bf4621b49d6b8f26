package dev.facet.vision.images;

import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_core.transpose;

import org.bytedeco.opencv.opencv_core.Mat;

/** Rotates and mirrors stored pixels by their EXIF orientation (CIPA DC-008, 4.6.5, table 6). */
final class Orientation {

  private static final int ABOUT_X = 0;
  private static final int ABOUT_Y = 1;
  private static final int ABOUT_BOTH = -1;

  private Orientation() {}

  /** Returns the upright pixels. Closes the stored ones unless it returns them. */
  static Mat upright(Mat stored, int orientation) {
    if (orientation == 1) {
      return stored;
    }
    Mat upright = new Mat();
    try (stored) {
      switch (orientation) {
        case 2 -> flip(stored, upright, ABOUT_Y);
        case 3 -> rotate(stored, upright, ROTATE_180);
        case 4 -> flip(stored, upright, ABOUT_X);
        case 5 -> transpose(stored, upright);
        case 6 -> rotate(stored, upright, ROTATE_90_CLOCKWISE);
        case 7 -> {
          transpose(stored, upright);
          flip(upright, upright, ABOUT_BOTH);
        }
        case 8 -> rotate(stored, upright, ROTATE_90_COUNTERCLOCKWISE);
        default -> throw new IllegalArgumentException("an orientation is 1..8");
      }
    }
    return upright;
  }
}
