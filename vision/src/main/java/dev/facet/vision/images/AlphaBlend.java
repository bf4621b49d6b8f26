package dev.facet.vision.images;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.opencv.opencv_core.Mat;

/** Blends translucent pixels with white, as viewers do. */
final class AlphaBlend {

  private static final double FROM_16_BIT = 1 / 257.0;
  private static final int STRIP_ROWS = 64;

  private AlphaBlend() {}

  /**
   * Returns the pixels in 8-bit blue, green, red. Closes the stored ones unless it returns them.
   * Works in strips, so that the stored pixels and the result are all that is in memory.
   *
   * @param stored one, three or four channels of 8 or 16 bits
   */
  static Mat onWhite(Mat stored) {
    if (stored.type() == CV_8UC3) {
      return stored;
    }
    try (stored) {
      Mat colour = new Mat(stored.rows(), stored.cols(), CV_8UC3);
      for (int top = 0; top < stored.rows(); top += STRIP_ROWS) {
        int bottom = Math.min(stored.rows(), top + STRIP_ROWS);
        try (Mat from = stored.rowRange(top, bottom);
            Mat eightBit = new Mat();
            Mat to = colour.rowRange(top, bottom)) {
          from.convertTo(eightBit, CV_8U, stored.depth() == CV_16U ? FROM_16_BIT : 1, 0);
          paint(eightBit, to);
        }
      }
      return colour;
    }
  }

  private static void paint(Mat pixels, Mat colour) {
    switch (pixels.channels()) {
      case 1 -> cvtColor(pixels, colour, COLOR_GRAY2BGR);
      case 4 -> blend(pixels, colour);
      default -> pixels.copyTo(colour);
    }
  }

  private static void blend(Mat pixels, Mat colour) {
    byte[] from = new byte[pixels.cols() * 4];
    byte[] to = new byte[pixels.cols() * 3];
    for (int y = 0; y < pixels.rows(); y++) {
      pixels.ptr(y).capacity(from.length).asByteBuffer().get(from);
      blend(from, to);
      colour.ptr(y).capacity(to.length).asByteBuffer().put(to);
    }
  }

  private static void blend(byte[] from, byte[] to) {
    for (int i = 0, o = 0; o < to.length; i += 4, o += 3) {
      int alpha = from[i + 3] & 0xFF;
      for (int c = 0; c < 3; c++) {
        to[o + c] = (byte) (((from[i + c] & 0xFF) * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
  }
}
