package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.meanStdDev;

import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Mean and standard deviation of the values of a picture's first channel.
 *
 * @param mean the mean
 * @param spread the standard deviation
 */
record Light(double mean, double spread) {

  static Light of(Mat values) {
    try (Mat mean = new Mat();
        Mat deviation = new Mat()) {
      meanStdDev(values, mean, deviation);
      return new Light(first(mean), first(deviation));
    }
  }

  /** Returns the standard deviation, but at least 1, so that it can be a divisor. */
  double deviation() {
    return Math.max(1, spread);
  }

  private static double first(Mat one) {
    DoubleBuffer numbers =
        one.ptr()
            .capacity(Double.BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asDoubleBuffer();
    return numbers.get(0);
  }
}
