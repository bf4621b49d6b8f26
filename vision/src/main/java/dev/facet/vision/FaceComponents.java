package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.facet.core.faces.Point;
import dev.facet.vision.images.Photo;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Measures the components of a face's quality in the sense of ISO/IEC 29794-5, each 0..1; 1 is
 * without a defect. Each tells photos with its defect from clean ones with an AUC of at least 0.9
 * on degradations that it was not made for. A measure of the blocks of compression, for example,
 * reached that with JPEG, but not with WebP (0.79), and is left out.
 */
final class FaceComponents {

  private FaceComponents() {}

  /**
   * Returns all components by name.
   *
   * @param photo the photo, upright
   * @param face the face's box; it may extend beyond the photo
   * @param landmarks the face's landmarks
   * @param aligned the aligned face, blue, green, red
   * @param norm the embedding's norm as a share of the usual norm
   */
  static Map<String, Double> measure(
      Photo photo, Detection face, Landmarks landmarks, Mat aligned, double norm) {
    Map<String, Double> components = new HashMap<>();
    try (Mat grey = new Mat()) {
      cvtColor(aligned, grey, COLOR_BGR2GRAY);
      Light light = Light.of(grey);
      components.put("sharpness", FaceQuality.sharpness(grey, light));
      components.put("motionBlur", rising(DirectionalSharpness.of(grey), 0.15, 0.8));
      components.put(
          "exposure", Math.min(rising(light.mean(), 5, 100), rising(255 - light.mean(), 10, 120)));
      components.put("contrast", rising(light.spread(), 2, 55));
    }
    components.put("size", rising(eyeDistance(landmarks), 5, 60));
    components.put("edgeCrop", rising(margin(photo, face), -0.1, 0.15));
    components.put("faceLikeness", rising(norm, 0.4, 1));
    return components;
  }

  private static double eyeDistance(Landmarks landmarks) {
    Point right = landmarks.rightEye();
    Point left = landmarks.leftEye();
    return Math.hypot(left.x() - right.x(), left.y() - right.y());
  }

  /** Returns the least distance of the face from an edge of the photo, as a share of its side. */
  private static double margin(Photo photo, Detection face) {
    double across = Math.min(face.left(), photo.width() - face.right()) / face.width();
    double down = Math.min(face.top(), photo.height() - face.bottom()) / face.height();
    return Math.min(across, down);
  }

  private static double rising(double value, double none, double full) {
    return Math.clamp((value - none) / (full - none), 0, 1);
  }
}
