package dev.facet.vision;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.gallery.Template;
import dev.facet.vision.images.Photo;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;

/** The extraction pipeline of one thread, with a feed for each network. Not thread-safe. */
final class FacePipeline implements AutoCloseable {

  /** Number of faces in one batch; a larger batch would overflow the processor's caches. */
  private static final int BATCH_SIZE = 4;

  private final FaceQuality quality;
  private final double usualNorm;
  private final Detector detector;
  private final LandmarkFinder landmarks;
  private final PoseEstimator pose;
  private final Network.Feed embedding;

  /**
   * @param gated whether faces that are not measurable are marked so
   */
  FacePipeline(Bundle bundle, Networks networks, boolean gated, StageTimer timer) {
    BundleManifest manifest = bundle.manifest();
    this.quality = new FaceQuality(manifest, gated);
    this.usualNorm = manifest.embedding().usualNorm();
    this.detector = new Detector(manifest.detector(), networks, timer);
    this.landmarks = new LandmarkFinder(networks.landmarks());
    this.pose = new PoseEstimator(manifest.pose(), networks.pose());
    this.embedding = networks.embedding().feed();
  }

  /** Detects all faces but the smallest of large photos, in no particular order. */
  List<Detection> all(Photo photo, Stages stages) {
    return stages.run(StageTimer.Stage.DETECT, () -> detector.all(photo));
  }

  /** Detects all faces on one scale more, for the smallest of them; in no particular order. */
  List<Detection> every(Photo photo, Stages stages) {
    return stages.run(StageTimer.Stage.DETECT, () -> detector.every(photo));
  }

  /** Detects the largest face and those of about its size. */
  List<Detection> largest(Photo photo, Stages stages) {
    return stages.run(StageTimer.Stage.DETECT, () -> detector.largest(photo));
  }

  /**
   * Returns the attributes, weakness and template of each given face, in the same order.
   *
   * @param components whether the components of their quality are measured too
   * @param stages runs each stage before the deadline
   * @param workers the pool; the pose is estimated beside the embedding if one of its workers is
   *     idle
   */
  List<ExtractedFace> describe(
      Photo photo,
      List<Detection> faces,
      boolean components,
      Stages stages,
      WorkerPool<?> workers) {
    return inGroups(faces, group -> describeGroup(photo, group, components, stages, workers));
  }

  private List<ExtractedFace> describeGroup(
      Photo photo,
      List<Detection> faces,
      boolean components,
      Stages stages,
      WorkerPool<?> workers) {
    List<Landmarks> points = landmarks(photo, faces, stages);
    try (MatBatch aligned = aligned(photo, points, stages)) {
      return workers.both(
          () -> embedded(aligned, stages),
          () -> stages.run(StageTimer.Stage.POSE, () -> pose.estimate(photo, faces, points)),
          (vectors, turns) ->
              IntStream.range(0, faces.size())
                  .mapToObj(
                      i ->
                          described(
                              photo,
                              faces.get(i),
                              points.get(i),
                              aligned.mats().get(i),
                              vectors.get(i),
                              turns.get(i),
                              components,
                              stages))
                  .toList());
    }
  }

  private ExtractedFace described(
      Photo photo,
      Detection face,
      Landmarks points,
      Mat aligned,
      float[] vector,
      PoseEstimator.Pose turn,
      boolean components,
      Stages stages) {
    Template template = Template.measured("face", vector);
    FaceQuality.Assessment assessed =
        stages.run(
            StageTimer.Stage.QUALITY,
            () -> quality.assess(aligned, template.norm(), face.height(), turn.pan(), turn.tilt()));
    FaceAttributes attributes =
        new FaceAttributes(
            FaceBoxes.face(face, photo.width(), photo.height()),
            FaceBoxes.head(face, photo.width(), photo.height()),
            points.rightEye(),
            points.leftEye(),
            FaceQuality.frontal(turn.pan(), turn.tilt()),
            turn.roll(),
            turn.pan(),
            turn.tilt(),
            face.score(),
            assessed.quality());
    return new ExtractedFace(
        components
            ? attributes.with(
                FaceComponents.measure(photo, face, points, aligned, template.norm() / usualNorm))
            : attributes,
        assessed.weakness(),
        assessed.measurable(),
        assessed.directionalSharpness(),
        template);
  }

  /** Returns the templates of the given faces, in the same order, without their attributes. */
  List<Template> templates(Photo photo, List<Detection> faces, Stages stages) {
    return inGroups(
        faces,
        group -> {
          try (MatBatch aligned = aligned(photo, landmarks(photo, group, stages), stages)) {
            return embedded(aligned, stages).stream()
                .map(vector -> Template.measured("face", vector))
                .toList();
          }
        });
  }

  private static <T> List<T> inGroups(
      List<Detection> faces, Function<List<Detection>, List<T>> work) {
    return faces.stream()
        .gather(Gatherers.windowFixed(BATCH_SIZE))
        .flatMap(group -> work.apply(group).stream())
        .toList();
  }

  private List<Landmarks> landmarks(Photo photo, List<Detection> faces, Stages stages) {
    return stages.run(StageTimer.Stage.LANDMARKS, () -> landmarks.find(photo, faces));
  }

  private MatBatch aligned(Photo photo, List<Landmarks> faces, Stages stages) {
    return stages.run(
        StageTimer.Stage.ALIGN, () -> MatBatch.of(faces, face -> Alignment.align(photo, face)));
  }

  private List<float[]> embedded(MatBatch aligned, Stages stages) {
    return stages.run(
        StageTimer.Stage.EMBED,
        () -> embedding.run(aligned.mats()).stream().map(outputs -> outputs[0]).toList());
  }

  @Override
  public void close() {
    detector.close();
    landmarks.close();
    pose.close();
    embedding.close();
  }
}
