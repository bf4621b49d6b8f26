package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.filter2D;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Measures whether an aligned face is equally sharp in all directions. Motion smears a picture in
 * one direction only, which neither the overall sharpness nor the embedding's norm shows.
 *
 * <p>The sharpness in a direction is the standard deviation of the second difference over ± 2
 * pixels. The kernels are computed once; safe for concurrent use.
 */
final class DirectionalSharpness {

  private static final int DIRECTIONS = 8;

  /** Pixels between the middle and each end of a second difference. */
  private static final int REACH = 2;

  /**
   * Deviation in pixels of the smoothing that suppresses noise, which is equal in all directions.
   */
  private static final double SMOOTHING = 0.8;

  private static final int KERNEL_SIDE = 2 * REACH + 1;

  /** Border that is left out, because the differences reach beyond the picture there. */
  private static final int BORDER = REACH + 1;

  private static final List<Mat> KERNELS =
      IntStream.range(0, DIRECTIONS).mapToObj(i -> kernel(Math.PI * i / DIRECTIONS)).toList();

  private DirectionalSharpness() {}

  /**
   * Returns the ratio of the least to the greatest sharpness among the directions, 0..1; 1 for a
   * picture without any structure.
   *
   * @param grey the aligned face, 8-bit grey
   */
  static double of(Mat grey) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    try (Mat smooth = new Mat();
        Mat response = new Mat();
        Size automatic = new Size(0, 0);
        Rect inside =
            new Rect(BORDER, BORDER, grey.cols() - 2 * BORDER, grey.rows() - 2 * BORDER)) {
      grey.convertTo(smooth, CV_32F);
      GaussianBlur(smooth, smooth, automatic, SMOOTHING);
      for (Mat kernel : KERNELS) {
        filter2D(smooth, response, CV_32F, kernel);
        try (Mat valid = new Mat(response, inside)) {
          double deviation = Light.of(valid).spread();
          least = Math.min(least, deviation);
          greatest = Math.max(greatest, deviation);
        }
      }
    }
    return greatest > 0 ? least / greatest : 1;
  }

  /** Returns the kernel of {@code f(x + d) − 2 f(x) + f(x − d)}, bilinear between pixels. */
  private static Mat kernel(double angle) {
    Mat kernel = new Mat(KERNEL_SIDE, KERNEL_SIDE, CV_32F);
    FloatBuffer weights =
        kernel
            .ptr()
            .capacity((long) KERNEL_SIDE * KERNEL_SIDE * Float.BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    double endX = REACH * Math.cos(angle);
    double endY = REACH * Math.sin(angle);
    for (int y = -REACH; y <= REACH; y++) {
      for (int x = -REACH; x <= REACH; x++) {
        double weight =
            share(x - endX) * share(y - endY)
                + share(x + endX) * share(y + endY)
                - 2 * share(x) * share(y);
        weights.put((float) weight);
      }
    }
    return kernel;
  }

  /** Returns the weight of a pixel at a distance in bilinear interpolation. */
  private static double share(double distance) {
    return Math.max(0, 1 - Math.abs(distance));
  }
}
