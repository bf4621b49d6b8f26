package dev.facet.vision;

import dev.facet.core.bundle.Measurability;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.Point;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The faces that were found on a photo in one orientation.
 *
 * @param faces the detections with what was extracted from them, largest first
 * @param limits of the bundle; absent in bundles of the first schema, where every detection is a
 *     face
 */
record FaceView(List<Found> faces, @Nullable Measurability limits) {

  /** Minimum height of a second prominent face, as a share of the largest face's height. */
  private static final double MIN_PROMINENT_HEIGHT = 0.75;

  private static final double MIN_PROMINENT_SCORE = 0.7;

  /**
   * Least norms of a face, as shares of the least norm of a measurable one, by the height of its
   * box in pixels; in between they are interpolated. Faces of the six sample photos at 22 widths
   * have at least 0.50 and 0.69, pictures without a face at most 0.62 (icons, animals, diagrams),
   * but for those on which the detector is not sure.
   */
  private static final double SMALL_FACE_NORM = 0.45;

  private static final double LARGE_FACE_NORM = 0.65;
  private static final double SMALL_HEIGHT = 12;
  private static final double LARGE_HEIGHT = 36;

  /** Added to these shares if the detector's score is below {@link #UNSURE_SCORE}. */
  private static final double UNSURE_NORM = 0.15;

  private static final double UNSURE_SCORE = 0.8;

  /**
   * Distance of both eyes, as a share of the distance between the eyes, up to which two detections
   * are one face.
   */
  private static final double SAME_EYES = 0.5;

  /**
   * A face of this view.
   *
   * @param detection its box on the turned photo
   * @param face the face, on the photo as sent
   */
  record Found(Detection detection, ExtractedFace face) {

    private float norm() {
      return face.template().norm();
    }

    private boolean isSameAs(Found other) {
      Point right = face.attributes().rightEye();
      Point left = face.attributes().leftEye();
      double near = SAME_EYES * distance(right, left);
      return distance(right, other.face.attributes().rightEye()) <= near
          && distance(left, other.face.attributes().leftEye()) <= near;
    }

    private static double distance(Point one, Point other) {
      return Math.hypot(one.x() - other.x(), one.y() - other.y());
    }
  }

  FaceView {
    faces = List.copyOf(faces);
  }

  /** Returns the highest norm; 0 if there is no face. */
  double norm() {
    return faces.stream().mapToDouble(Found::norm).max().orElse(0);
  }

  /** Returns the faces that are faces, each once, largest first. */
  List<ExtractedFace> confirmed() {
    return confirmedFaces().stream().map(Found::face).toList();
  }

  private List<Found> confirmedFaces() {
    return limits == null ? faces : confirmedFaces(limits.minNorm());
  }

  private List<Found> confirmedFaces(double minNorm) {
    return faces.stream().filter(face -> isFace(face, minNorm) && isBest(face)).toList();
  }

  private static boolean isFace(Found found, double minNorm) {
    double size =
        Math.clamp(
            (found.detection().height() - SMALL_HEIGHT) / (LARGE_HEIGHT - SMALL_HEIGHT), 0, 1);
    double share = SMALL_FACE_NORM + size * (LARGE_FACE_NORM - SMALL_FACE_NORM);
    double more = found.detection().score() < UNSURE_SCORE ? UNSURE_NORM : 0;
    return found.norm() >= (share + more) * minNorm;
  }

  /** Returns whether no other detection sees the same face better. */
  private boolean isBest(Found found) {
    return faces.stream().noneMatch(other -> other.norm() > found.norm() && found.isSameAs(other));
  }

  /**
   * Returns the one prominent face. If no detection is confirmed as a face, that is the one with
   * the highest norm, which is not measurable, so that the caller learns why.
   *
   * @throws NoFace if there is none
   * @throws MultipleFaces if there are several
   */
  ExtractedFace prominent() {
    if (faces.isEmpty()) {
      throw new NoFace();
    }
    List<Found> confirmed = confirmedFaces();
    if (confirmed.isEmpty()) {
      return faces.stream().max(Comparator.comparingDouble(Found::norm)).orElseThrow().face();
    }
    List<Detection> prominent = prominentOf(confirmed.stream().map(Found::detection).toList());
    if (prominent.size() > 1) {
      throw new MultipleFaces();
    }
    return confirmed.getFirst().face();
  }

  /** Returns the largest detection and those of about its size. */
  static List<Detection> prominentOf(List<Detection> largestFirst) {
    return largestFirst.stream()
        .filter(
            face ->
                face.equals(largestFirst.getFirst())
                    || (face.height() >= MIN_PROMINENT_HEIGHT * largestFirst.getFirst().height()
                        && face.score() >= MIN_PROMINENT_SCORE))
        .toList();
  }
}
