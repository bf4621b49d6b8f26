package dev.facet.vision;

import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.vision.images.Photo;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The search for faces on one image, which need not be upright. If nothing is found on the photo as
 * it was sent, or the embedding's norm is in doubt, the photo is searched in four orientations, and
 * the one with the highest norm is right: the norm falls on faces that are not upright, while the
 * detector's score does not. Not safe for concurrent use.
 */
final class ImageSearch {

  /** Minimum height of a second prominent face, as a share of the largest face's height. */
  private static final double MIN_PROMINENT_HEIGHT = 0.75;

  private static final double MIN_PROMINENT_SCORE = 0.7;

  /** Maximum number of prominent faces that are compared; two are too many already. */
  private static final int MAX_PROMINENT = 4;

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

  ImageSearch(
      BundleManifest manifest,
      FacePipeline pipeline,
      DecodedImage image,
      Stages stages,
      WorkerPool<?> workers) {
    this.limits = manifest.measurability();
    this.pipeline = pipeline;
    this.image = image;
    this.stages = stages;
    this.workers = workers;
  }

  /** The faces found in one orientation, largest first. */
  private record View(List<ExtractedFace> faces) {

    /** Returns the highest norm; 0 if there is no face. */
    double norm() {
      return faces.stream().mapToDouble(face -> face.template().norm()).max().orElse(0);
    }

    ExtractedFace only() {
      if (faces.isEmpty()) {
        throw new NoFace();
      }
      if (faces.size() > 1) {
        throw new MultipleFaces();
      }
      return faces.getFirst();
    }
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
    View first = prominent(Orientation.AS_SENT, pipeline::largest);
    if (isCertain(first)) {
      return first.only();
    }
    // on the coarse scale a distant group can look like one face
    View closer = prominent(Orientation.AS_SENT, pipeline::all);
    return upright(closer, orientation -> prominent(orientation, pipeline::largest)).only();
  }

  /**
   * Returns all faces, largest first.
   *
   * @param limit the maximum number of faces
   * @throws NoFace if there is none
   */
  List<ExtractedFace> all(int limit) {
    View first = view(Orientation.AS_SENT, pipeline::all, limit);
    View best =
        isCertain(first)
            ? first
            : upright(first, orientation -> view(orientation, pipeline::all, limit));
    if (best.faces().isEmpty()) {
      throw new NoFace();
    }
    return best.faces();
  }

  /** Returns the templates of the faces of {@link #all}, if possible without their attributes. */
  List<Template> templates(int limit) {
    List<Detection> faces =
        detected(Orientation.AS_SENT, pipeline::all).stream().limit(limit).toList();
    if (limits != null && !faces.isEmpty()) {
      List<Template> templates =
          pipeline.templates(image.forFaces(faces, Orientation.AS_SENT), faces, stages);
      double lookAgainNorm = limits.lookAgainNorm();
      if (templates.stream().anyMatch(template -> template.norm() >= lookAgainNorm)) {
        return templates;
      }
    }
    return all(limit).stream().map(ExtractedFace::template).toList();
  }

  private boolean isCertain(View view) {
    return limits == null
        ? view.faces().size() != 1
            || view.faces().getFirst().attributes().quality() >= MIN_CERTAIN_QUALITY
        : view.norm() >= limits.lookAgainNorm();
  }

  /** Returns the view with the highest norm: that of the photo as sent, or of the turned one. */
  private View upright(View asSent, Function<Orientation, View> turned) {
    return limits == null
        ? asSent
        : Stream.concat(Stream.of(asSent), Orientation.TURNED.stream().map(turned))
            .reduce((best, other) -> other.norm() > best.norm() ? other : best)
            .orElseThrow();
  }

  private View prominent(Orientation orientation, Look look) {
    return described(orientation, prominent(detected(orientation, look)));
  }

  private View view(Orientation orientation, Look look, int limit) {
    return described(orientation, detected(orientation, look).stream().limit(limit).toList());
  }

  /** Returns the detections, largest first. */
  private List<Detection> detected(Orientation orientation, Look look) {
    return look.on(image.forDetection(orientation), stages).stream()
        .sorted(Comparator.comparingDouble(Detection::area).reversed())
        .toList();
  }

  private static List<Detection> prominent(List<Detection> largestFirst) {
    return largestFirst.stream()
        .filter(
            face ->
                face == largestFirst.getFirst()
                    || face.height() >= MIN_PROMINENT_HEIGHT * largestFirst.getFirst().height()
                        && face.score() >= MIN_PROMINENT_SCORE)
        .limit(MAX_PROMINENT)
        .toList();
  }

  private View described(Orientation orientation, List<Detection> faces) {
    if (faces.isEmpty()) {
      return new View(List.of());
    }
    Photo photo = image.forFaces(faces, orientation);
    return new View(
        pipeline.describe(photo, faces, stages, workers).stream()
            .map(face -> asSent(face, orientation, photo))
            .toList());
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
