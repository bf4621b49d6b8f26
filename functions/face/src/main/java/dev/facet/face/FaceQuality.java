package dev.facet.face;

import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_core.meanStdDev;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.Laplacian;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.util.Comparator;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * How likely a face will be recognised (ISO/IEC 29794-5's sense of quality), from five components,
 * each 0..1. The quality is their geometric mean weighted; the weakest observable one names what a
 * caller should mend.
 */
final class FaceQuality {

  private FaceQuality() {}

  /**
   * A face's quality.
   *
   * @param quality 0..1
   * @param weakness sharpness, exposure, pose or size
   */
  record Assessment(double quality, String weakness) {}

  private record Component(String name, double value) {}

  /**
   * Assesses a face.
   *
   * @param aligned the aligned face, blue, green, red
   * @param norm the embedding's norm as a fraction of the usual one (MagFace's idea, Meng et al.
   *     2021)
   * @param height the face's height in pixels of the full image
   * @param pan degrees
   * @param tilt degrees
   */
  static Assessment assess(Mat aligned, double norm, double height, double pan, double tilt) {
    try (Mat grey = new Mat()) {
      cvtColor(aligned, grey, COLOR_BGR2GRAY);
      List<Component> components =
          List.of(
              new Component("sharpness", sharpness(grey)),
              new Component("exposure", exposure(grey)),
              new Component("pose", frontal(pan, tilt)),
              new Component("size", rising(height, 16, 60)));
      double embedding = rising(norm, 0.2, 1);
      double product = Math.pow(embedding, 0.5);
      for (Component component : components) {
        product *= Math.pow(component.value(), 0.125);
      }
      Component weakest =
          components.stream().min(Comparator.comparingDouble(Component::value)).orElseThrow();
      return new Assessment(product, weakest.name());
    }
  }

  /** 1 for a look into the camera, falling with the angle to it. */
  static double frontal(double pan, double tilt) {
    return Math.max(0, Math.cos(Math.toRadians(pan)) * Math.cos(Math.toRadians(tilt)));
  }

  private static double sharpness(Mat grey) {
    try (Mat edges = new Mat();
        Mat mean = new Mat();
        Mat deviation = new Mat()) {
      Laplacian(grey, edges, CV_64F);
      meanStdDev(edges, mean, deviation);
      return rising(
          deviation
              .ptr()
              .capacity(8)
              .asByteBuffer()
              .order(java.nio.ByteOrder.nativeOrder())
              .getDouble(),
          1,
          12);
    }
  }

  private static double exposure(Mat grey) {
    double level = mean(grey).get(0);
    return Math.min(rising(level, 10, 70), rising(255 - level, 10, 60));
  }

  private static double rising(double value, double none, double full) {
    return Math.clamp((value - none) / (full - none), 0.01, 1);
  }
}
