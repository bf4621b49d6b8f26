package dev.facet.vision.images;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Blends translucent pixels with white, as viewers do. */
final class AlphaBlend {

  private static final double FROM_16_BIT = 1 / 257.0;

  private AlphaBlend() {}

  /** Returns the pixels in 8-bit blue, green, red; the input is not changed. */
  static Mat onWhite(Mat stored) {
    try (Mat eightBit = new Mat()) {
      stored.convertTo(eightBit, CV_8U, stored.depth() == CV_16U ? FROM_16_BIT : 1, 0);
      return switch (eightBit.channels()) {
        case 1 -> grey(eightBit);
        case 4 -> blended(eightBit);
        default -> eightBit.clone();
      };
    }
  }

  private static Mat grey(Mat pixels) {
    Mat colour = new Mat();
    cvtColor(pixels, colour, COLOR_GRAY2BGR);
    return colour;
  }

  private static Mat blended(Mat pixels) {
    Mat colour = new Mat(pixels.rows(), pixels.cols(), CV_8U + (2 << 3));
    byte[] from = new byte[pixels.cols() * 4];
    byte[] to = new byte[pixels.cols() * 3];
    for (int y = 0; y < pixels.rows(); y++) {
      ByteBuffer row = pixels.ptr(y).capacity(from.length).asByteBuffer();
      row.get(from);
      blend(from, to);
      colour.ptr(y).capacity(to.length).asByteBuffer().put(to);
    }
    return colour;
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
