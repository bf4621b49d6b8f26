package dev.facet.vision;

import static dev.facet.vision.FaceView.prominentOf;
import static dev.facet.vision.Orientation.AS_SENT;

import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.vision.FaceView.Found;
import dev.facet.vision.images.Photo;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The search for faces on one image, which need not be upright. If nothing is found on the photo as
 * it was sent, or the embedding's norm is in doubt, the photo is searched in four orientations, and
 * the one with the highest norm is right: the norm falls on faces that are not upright, while the
 * detector's score does not. Not safe for concurrent use.
 */
final class ImageSearch {

  /** Maximum number of large faces that are compared; two prominent ones are too many already. */
  private static final int MAX_LARGE = 4;

  /**
   * Quality of the only face below which detection runs again on all scales, for bundles that do
   * not state a norm for it.
   */
  private static final double MIN_CERTAIN_QUALITY = 0.4;

  private final FacePipeline pipeline;
  private final DecodedImage image;
  private final Stages stages;
  private final WorkerPool<?> workers;
  private final @Nullable Measurability limits;
  private final boolean components;

  /**
   * @param components whether the components of the faces' quality are measured
   */
  ImageSearch(
      BundleManifest manifest,
      boolean components,
      FacePipeline pipeline,
      DecodedImage image,
      Stages stages,
      WorkerPool<?> workers) {
    this.limits = manifest.measurability();
    this.components = components;
    this.pipeline = pipeline;
    this.image = image;
    this.stages = stages;
    this.workers = workers;
  }

  /** Finds the faces on a photo. */
  private interface Look {
    List<Detection> on(Photo photo, Stages stages);
  }

  /**
   * Returns the one prominent face.
   *
   * @throws NoFace if there is none
   * @throws MultipleFaces if there are several
   */
  ExtractedFace single() {
    FaceView first =
        view(
            AS_SENT,
            prominentOf(detected(AS_SENT, pipeline::largest)).stream().limit(MAX_LARGE).toList());
    if (isCertain(first)) {
      return first.prominent();
    }
    // on the coarse scale a distant group can look like one face
    FaceView closer = view(AS_SENT, pipeline::all, MAX_LARGE);
    return upright(closer, orientation -> view(orientation, pipeline::largest, MAX_LARGE))
        .prominent();
  }

  /**
   * Returns all faces, largest first.
   *
   * @param limit the maximum number of faces
   * @throws NoFace if there is none
   */
  List<ExtractedFace> all(int limit) {
    FaceView first = view(AS_SENT, pipeline::every, limit);
    FaceView best =
        isCertain(first)
            ? first
            : upright(first, orientation -> view(orientation, pipeline::every, limit));
    List<ExtractedFace> faces = best.confirmed();
    if (faces.isEmpty()) {
      throw new NoFace();
    }
    return faces;
  }

  /**
   * Returns the templates of the faces that a search would find, largest first, if possible without
   * their attributes; on large photos the smallest may be missing.
   */
  List<Template> templates(int limit) {
    List<Detection> faces = detected(AS_SENT, pipeline::all).stream().limit(limit).toList();
    if (limits != null && !faces.isEmpty()) {
      List<Template> templates = pipeline.templates(image.forFaces(faces, AS_SENT), faces, stages);
      double lookAgainNorm = limits.lookAgainNorm();
      if (templates.stream().anyMatch(template -> template.norm() >= lookAgainNorm)) {
        return templates;
      }
    }
    return all(limit).stream().map(ExtractedFace::template).toList();
  }

  private boolean isCertain(FaceView view) {
    return limits == null
        ? view.faces().size() != 1
            || view.faces().getFirst().face().attributes().quality() >= MIN_CERTAIN_QUALITY
        : view.norm() >= limits.lookAgainNorm();
  }

  /**
   * Returns the view with the highest norm: that of the photo as sent, or of a turned one with a
   * measurable face. Four views show four times as many detections on textures and the like, and
   * their norms come near to that of a face, but not up to it.
   */
  private FaceView upright(FaceView asSent, Function<Orientation, FaceView> turned) {
    return limits == null
        ? asSent
        : Orientation.TURNED.stream()
            .map(turned)
            .filter(atLeast(limits.minNorm()))
            .reduce(asSent, (best, other) -> other.norm() > best.norm() ? other : best);
  }

  private static Predicate<FaceView> atLeast(double norm) {
    return view -> view.norm() >= norm;
  }

  private FaceView view(Orientation orientation, Look look, int limit) {
    return view(orientation, detected(orientation, look).stream().limit(limit).toList());
  }

  /** Returns the detections, largest first. */
  private List<Detection> detected(Orientation orientation, Look look) {
    return look.on(image.forDetection(orientation), stages).stream()
        .sorted(Comparator.comparingDouble(Detection::area).reversed())
        .toList();
  }

  private FaceView view(Orientation orientation, List<Detection> faces) {
    if (faces.isEmpty()) {
      return new FaceView(List.of(), limits);
    }
    Photo photo = image.forFaces(faces, orientation);
    List<ExtractedFace> described = pipeline.describe(photo, faces, components, stages, workers);
    return new FaceView(
        IntStream.range(0, faces.size())
            .mapToObj(i -> new Found(faces.get(i), asSent(described.get(i), orientation, photo)))
            .toList(),
        limits);
  }

  private static ExtractedFace asSent(ExtractedFace face, Orientation orientation, Photo photo) {
    return new ExtractedFace(
        orientation.asSent(face.attributes(), photo),
        face.weakness(),
        face.measurable(),
        face.directionalSharpness(),
        face.template());
  }
}
