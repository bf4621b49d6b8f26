package dev.facet.face;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.gallery.Template;
import dev.facet.face.images.Photo;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** All that one thread needs to see faces: a feed for each network. For one thread at a time. */
final class FaceSight implements AutoCloseable {

  private final BundleManifest manifest;
  private final Detector detector;
  private final LandmarkFinder landmarks;
  private final PoseEstimator pose;
  private final Network.Feed embedding;
  private final StageTimer timer;

  FaceSight(Bundle bundle, Networks networks, StageTimer timer) {
    this.manifest = bundle.manifest();
    this.detector = new Detector(manifest.detector(), networks.detector(), timer);
    this.landmarks = new LandmarkFinder(networks.landmarks());
    this.pose = new PoseEstimator(manifest.pose(), networks.pose());
    this.embedding = networks.embedding().feed();
    this.timer = timer;
  }

  /** All faces, in no order. */
  List<Detection> all(Photo photo) {
    return timer.time(StageTimer.Stage.DETECT, () -> detector.all(photo));
  }

  /** The largest face and those of about its size. */
  List<Detection> largest(Photo photo) {
    return timer.time(StageTimer.Stage.DETECT, () -> detector.largest(photo));
  }

  /**
   * All that can be told of a face.
   *
   * @param cores of which an idle one may help
   */
  ExtractedFace describe(Photo photo, Detection face, Cores<?> cores) {
    Landmarks points = landmarks(photo, face);
    try (Mat aligned = aligned(photo, points)) {
      return cores.both(
          () -> embedded(aligned),
          () -> timer.time(StageTimer.Stage.POSE, () -> pose.estimate(photo, face, points)),
          (vector, turn) -> described(photo, face, points, aligned, vector, turn));
    }
  }

  private ExtractedFace described(
      Photo photo,
      Detection face,
      Landmarks points,
      Mat aligned,
      float[] vector,
      PoseEstimator.Pose turn) {
    FaceQuality.Assessment quality =
        timer.time(
            StageTimer.Stage.QUALITY,
            () ->
                FaceQuality.assess(
                    aligned,
                    norm(vector) / manifest.embedding().usualNorm(),
                    face.height(),
                    turn.pan(),
                    turn.tilt()));
    FaceAttributes attributes =
        new FaceAttributes(
            Outline.face(face, photo.width(), photo.height()),
            Outline.head(face, photo.width(), photo.height()),
            points.rightEye(),
            points.leftEye(),
            FaceQuality.frontal(turn.pan(), turn.tilt()),
            turn.roll(),
            turn.pan(),
            turn.tilt(),
            face.score(),
            quality.quality());
    return new ExtractedFace(attributes, quality.weakness(), Template.normalised("face", vector));
  }

  /** The template alone, without what only describes the face. */
  Template template(Photo photo, Detection face) {
    Landmarks points = landmarks(photo, face);
    try (Mat aligned = aligned(photo, points)) {
      return Template.normalised("face", embedded(aligned));
    }
  }

  private Mat aligned(Photo photo, Landmarks points) {
    return timer.time(StageTimer.Stage.ALIGN, () -> Alignment.align(photo, points));
  }

  private float[] embedded(Mat aligned) {
    return timer.time(StageTimer.Stage.EMBED, () -> embedding.run(aligned)[0]);
  }

  private Landmarks landmarks(Photo photo, Detection face) {
    return timer.time(StageTimer.Stage.LANDMARKS, () -> landmarks.find(photo, face));
  }

  private static double norm(float[] vector) {
    double squares = 0;
    for (float v : vector) {
      squares += (double) v * v;
    }
    return Math.sqrt(squares);
  }

  @Override
  public void close() {
    detector.close();
    landmarks.close();
    pose.close();
    embedding.close();
  }
}
