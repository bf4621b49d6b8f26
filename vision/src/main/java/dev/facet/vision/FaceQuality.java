package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.absdiff;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.Laplacian;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.filter2D;

import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how useful a face is for recognition (quality in the sense of ISO/IEC 29794-5), and
 * whether it can be compared at all.
 *
 * <p>The best predictor is the embedding network itself: the norm of its embedding before
 * normalisation falls with every degradation (MagFace, Meng et al. 2021; measured here for blur,
 * darkness, shrinking and noise). Where the bundle's calibration has fitted the probability of
 * success by the norm, that is the quality. In bundles of the first schema the norm and four
 * components contribute to it. The norm does not identify the cause, so the components are measured
 * separately, and the lowest one names the defect that a caller should fix.
 */
final class FaceQuality {

  /** The component of faces that resemble no face, or not enough of one. */
  static final String FACE_LIKENESS = "face-likeness";

  /** The component of faces that are sharp in some directions only. */
  static final String MOTION_BLUR = "motion blur";

  private static final double EMBEDDING_WEIGHT = 0.5;

  /** Value below which a component counts as a cause of a low norm. */
  private static final double MAX_DEFECT = 0.5;

  /** Noise kernel: a difference of two Laplacians cancels image structure (Immerkær 1996). */
  private static final float[] NOISE = {1, -2, 1, -2, 4, -2, 1, -2, 1};

  /** Converts the mean absolute response of {@link #NOISE} to the noise's standard deviation. */
  private static final double NOISE_SCALE = Math.sqrt(Math.PI / 2) / 6;

  /** Factor by which the Laplacian multiplies the variance of white noise: 4² + 4 · 1². */
  private static final double NOISE_IN_LAPLACIAN = 20;

  private final double usualNorm;
  private final @Nullable Measurability limits;
  private final boolean gated;

  /**
   * @param manifest of the bundle
   * @param gated whether faces that the bundle's calibration found not measurable are marked so
   */
  FaceQuality(BundleManifest manifest, boolean gated) {
    this.usualNorm = manifest.embedding().usualNorm();
    this.limits = manifest.measurability();
    this.gated = gated;
  }

  /**
   * A face's quality.
   *
   * @param quality 0..1
   * @param weakness the lowest component: sharpness, exposure, pose or size; if the face is not
   *     measurable also {@link #MOTION_BLUR} or {@link #FACE_LIKENESS}
   * @param measurable whether the face can be compared at all
   * @param directionalSharpness 0..1
   */
  record Assessment(
      double quality, String weakness, boolean measurable, double directionalSharpness) {}

  private record Component(String name, double value, double weight) {}

  /**
   * Assesses a face.
   *
   * @param aligned the aligned face, blue, green, red
   * @param norm the embedding's norm
   * @param height the face's height in pixels of the full image
   * @param pan degrees
   * @param tilt degrees
   */
  Assessment assess(Mat aligned, double norm, double height, double pan, double tilt) {
    try (Mat grey = new Mat()) {
      cvtColor(aligned, grey, COLOR_BGR2GRAY);
      Light light = Light.of(grey);
      List<Component> components =
          List.of(
              new Component("sharpness", sharpness(grey, light), 0.15),
              new Component("exposure", exposure(light), 0.15),
              new Component("pose", frontal(pan, tilt), 0.1),
              new Component("size", rising(height, 12, 96), 0.1));
      double directional = DirectionalSharpness.of(grey);
      return limits == null
          ? new Assessment(weighted(components, norm), weakest(components), true, directional)
          : measured(limits, components, norm, directional);
    }
  }

  private Assessment measured(
      Measurability limits, List<Component> components, double norm, double directional) {
    double quality = limits.quality(norm);
    if (!gated || (norm >= limits.minNorm() && directional >= limits.minDirectionalSharpness())) {
      return new Assessment(quality, weakest(components), true, directional);
    }
    List<Component> causes = new ArrayList<>(components);
    causes.add(new Component(MOTION_BLUR, directional / (2 * limits.minDirectionalSharpness()), 0));
    causes.removeIf(component -> component.value() > MAX_DEFECT);
    return new Assessment(
        quality, causes.isEmpty() ? FACE_LIKENESS : weakest(causes), false, directional);
  }

  private double weighted(List<Component> components, double norm) {
    double quality = Math.pow(rising(norm / usualNorm, 0.25, 1.05), EMBEDDING_WEIGHT);
    for (Component component : components) {
      quality *= Math.pow(component.value(), component.weight());
    }
    return quality;
  }

  private static String weakest(List<Component> components) {
    return components.stream()
        .min(Comparator.comparingDouble(Component::value))
        .orElseThrow()
        .name();
  }

  /** Returns the cosine of the angle between face and camera axis, 0.01..1; 1 is frontal. */
  static double frontal(double pan, double tilt) {
    return Math.clamp(Math.cos(Math.toRadians(pan)) * Math.cos(Math.toRadians(tilt)), 0.01, 1);
  }

  /**
   * Returns the Laplacian's deviation without its noise part, relative to the contrast, and reduced
   * by the noise's share of the contrast.
   */
  static double sharpness(Mat grey, Light light) {
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
}
