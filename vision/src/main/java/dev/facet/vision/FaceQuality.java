package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.absdiff;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_core.meanStdDev;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.Laplacian;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.filter2D;

import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Estimates how useful a face is for recognition (quality in the sense of ISO/IEC 29794-5).
 *
 * <p>The best predictor is the embedding network itself: the norm of its embedding before
 * normalisation falls with every degradation (MagFace, Meng et al. 2021; measured here for blur,
 * darkness, shrinking and noise). The norm does not identify the cause, so four components are
 * measured separately. They contribute to the quality, and the lowest one names the defect that a
 * caller should fix.
 */
final class FaceQuality {

  private static final double EMBEDDING_WEIGHT = 0.5;

  /** Noise kernel: a difference of two Laplacians cancels image structure (Immerkær 1996). */
  private static final float[] NOISE = {1, -2, 1, -2, 4, -2, 1, -2, 1};

  /** Converts the mean absolute response of {@link #NOISE} to the noise's standard deviation. */
  private static final double NOISE_SCALE = Math.sqrt(Math.PI / 2) / 6;

  /** Factor by which the Laplacian multiplies the variance of white noise: 4² + 4 · 1². */
  private static final double NOISE_IN_LAPLACIAN = 20;

  private FaceQuality() {}

  /**
   * A face's quality.
   *
   * @param quality 0..1
   * @param weakness the lowest component: sharpness, exposure, pose or size
   */
  record Assessment(double quality, String weakness) {}

  private record Component(String name, double value, double weight) {}

  /**
   * Assesses a face.
   *
   * @param aligned the aligned face, blue, green, red
   * @param norm the embedding's norm as a fraction of the usual norm
   * @param height the face's height in pixels of the full image
   * @param pan degrees
   * @param tilt degrees
   */
  static Assessment assess(Mat aligned, double norm, double height, double pan, double tilt) {
    try (Mat grey = new Mat()) {
      cvtColor(aligned, grey, COLOR_BGR2GRAY);
      Light light = Light.of(grey);
      List<Component> components =
          List.of(
              new Component("sharpness", sharpness(grey, light), 0.15),
              new Component("exposure", exposure(light), 0.15),
              new Component("pose", frontal(pan, tilt), 0.1),
              new Component("size", rising(height, 12, 96), 0.1));
      double quality = Math.pow(rising(norm, 0.25, 1.05), EMBEDDING_WEIGHT);
      for (Component component : components) {
        quality *= Math.pow(component.value(), component.weight());
      }
      Component weakest =
          components.stream().min(Comparator.comparingDouble(Component::value)).orElseThrow();
      return new Assessment(quality, weakest.name());
    }
  }

  /** Returns the cosine of the angle between face and camera axis, 0.01..1; 1 is frontal. */
  static double frontal(double pan, double tilt) {
    return Math.clamp(Math.cos(Math.toRadians(pan)) * Math.cos(Math.toRadians(tilt)), 0.01, 1);
  }

  /**
   * Returns the Laplacian's deviation without its noise part, relative to the contrast, and reduced
   * by the noise's share of the contrast.
   */
  private static double sharpness(Mat grey, Light light) {
    double noise = noise(grey);
    double laplacian;
    try (Mat response = new Mat()) {
      Laplacian(grey, response, CV_32F);
      laplacian = Light.of(response).deviation();
    }
    double structure =
        Math.sqrt(Math.max(0, laplacian * laplacian - NOISE_IN_LAPLACIAN * noise * noise));
    double clean = 1 - 0.9 * rising(noise / light.deviation(), 0.05, 0.4);
    return rising(structure / light.deviation(), 0.03, 0.17) * clean;
  }

  private static double noise(Mat grey) {
    try (FloatPointer numbers = new FloatPointer(NOISE);
        Mat kernel = new Mat(3, 3, CV_32F, numbers);
        Mat response = new Mat();
        Mat magnitude = new Mat();
        Mat zero = Mat.zeros(grey.size(), CV_32F).asMat()) {
      filter2D(grey, response, CV_32F, kernel);
      absdiff(response, zero, magnitude);
      try (Scalar average = mean(magnitude)) {
        return average.get(0) * NOISE_SCALE;
      }
    }
  }

  private static double exposure(Light light) {
    return Math.min(rising(light.mean(), 5, 80), rising(255 - light.mean(), 10, 60))
        * rising(light.deviation(), 2, 20);
  }

  /**
   * Returns a linear ramp from 0 at {@code none} to 1 at {@code full}, clamped to 0.01..1: the
   * quality is a product, in which a 0 would hide the other components.
   */
  private static double rising(double value, double none, double full) {
    return Math.clamp((value - none) / (full - none), 0.01, 1);
  }

  /**
   * Mean and standard deviation of a picture's values.
   *
   * @param deviation at least 1, so that it can be a divisor
   */
  private record Light(double mean, double deviation) {

    static Light of(Mat values) {
      try (Mat mean = new Mat();
          Mat deviation = new Mat()) {
        meanStdDev(values, mean, deviation);
        return new Light(first(mean), Math.max(1, first(deviation)));
      }
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
}
