package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;

import dev.facet.core.bundle.Anchors;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.vision.images.Photo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * A face detector that works on two scales, or three if the smallest faces are requested. The
 * coarse pass, on the scale that the network was trained on, covers the whole photo and detects
 * large faces; it suffices to find the largest face. The finer scale decodes small anchors only,
 * because large anchors produce false positives there, such as elbows. It is medium or fine
 * depending on the photo: on the fine scale of very large photos, each candidate must be verified
 * on an enlarged crop. Not safe for concurrent use.
 */
final class Detector implements AutoCloseable {

  /** Long side in pixels of the scale that the network was trained on. */
  private static final int COARSE_SIDE = 320;

  /** Face height in coarse-pass rows from which other faces of about that size are detected too. */
  private static final int MIN_CLEAR_HEIGHT = 24;

  private static final int MEDIUM_SIDE = 640;

  /** The third scale, for photos too small for the fine one and requests of all faces. */
  private static final int THIRD_SIDE = 1280;

  private static final int FINE_SIDE = 1600;

  /**
   * Maximum anchor sizes in pixels on the finer scales; the coarse pass detects larger faces. The
   * medium scale has 2 times the coarse pass's resolution, the third 4 times, the fine one 5 times.
   */
  private static final int MAX_MEDIUM_ANCHOR = 24;

  private static final int MAX_FINE_ANCHOR = 48;

  /** Long side above which faces too small for the medium scale are still worth detecting. */
  private static final int LARGE_PHOTO_SIDE = 2560;

  private static final int PADDED_SIDE = 128;

  /** Width in pixels of the neutral border around the shrunk photo. */
  private static final int PADDING = 64;

  private static final double NEUTRAL_GREY = 127;

  /** Minimum score of a candidate on the fine scale; at most {@link #MAX_VERIFIED} are verified. */
  private static final double MIN_CANDIDATE_SCORE = 0.12;

  private static final int MAX_VERIFIED = 64;
  private static final int VERIFICATION_BATCH_SIZE = 8;
  private static final int VERIFICATION_SIDE = 128;

  /** Side of a verification crop, as a multiple of the box's; the face fills about half of it. */
  private static final double VERIFICATION_CROP = 2.2;

  private static final double SAME_FACE_OVERLAP = 0.4;

  /** Face count within a detection that refutes it: parts of one face can give one or two. */
  private static final int MIN_GROUP = 3;

  private final BundleManifest.Detector manifest;
  private final ScaleNetwork whole;

  /** Truncated networks for small anchors only, in ascending number of levels. */
  private final List<ScaleNetwork> parts;

  private final StageTimer timer;

  Detector(BundleManifest.Detector manifest, Networks networks, StageTimer timer) {
    this.manifest = manifest;
    this.whole = new ScaleNetwork(networks.detector().feed(), manifest.anchors());
    this.parts =
        IntStream.range(0, manifest.parts().size())
            .mapToObj(
                i ->
                    new ScaleNetwork(
                        networks.parts().get(i).feed(),
                        manifest.anchors().upTo(manifest.parts().get(i).levels())))
            .toList();
    this.timer = timer;
  }

  /** A network and the anchors of its output. */
  private record ScaleNetwork(Network.Feed feed, Anchors anchors) {

    /** Returns {@code length} rounded up to whole cells of the last level. */
    private int canvas(int length) {
      int step = anchors.steps().getLast();
      return Math.ceilDiv(length, step) * step;
    }

    /** Returns the anchor grid for the canvas that holds a picture of the given size. */
    AnchorGrid grid(int columns, int rows) {
      return new AnchorGrid(anchors, canvas(columns), canvas(rows));
    }
  }

  /** Returns the smallest network that covers anchors up to the given size. */
  private ScaleNetwork networkFor(int maxAnchor) {
    int levels = manifest.anchors().levelsUpTo(maxAnchor);
    return parts.stream()
        .filter(part -> part.anchors().steps().size() >= levels)
        .findFirst()
        .orElse(whole);
  }

  /**
   * Returns all faces, in pixels of the full image and in no particular order; on large photos the
   * smallest may be missing.
   */
  List<Detection> all(Photo photo) {
    try (Pyramid pyramid = new Pyramid(photo.pixels())) {
      return finerPass(photo, pyramid, coarsePass(photo, pyramid));
    }
  }

  /** Returns all faces, the smallest too, for which it searches on a third scale. */
  List<Detection> every(Photo photo) {
    try (Pyramid pyramid = new Pyramid(photo.pixels())) {
      List<Detection> faces =
          new ArrayList<>(finerPass(photo, pyramid, coarsePass(photo, pyramid)));
      if (longSide(photo.pixels()) > MEDIUM_SIDE && !isLarge(photo)) {
        List<Detection> small =
            detectAt(THIRD_SIDE, photo, pyramid, MAX_FINE_ANCHOR, MIN_CANDIDATE_SCORE);
        List<Detection> others = small.stream().filter(face -> isNew(face, faces)).toList();
        faces.addAll(verified(photo, others));
      }
      return faces;
    }
  }

  /** Returns the faces of about the size of the largest one; smaller ones may be missing. */
  List<Detection> largest(Photo photo) {
    try (Pyramid pyramid = new Pyramid(photo.pixels())) {
      List<Detection> faces = coarsePass(photo, pyramid);
      double clear = MIN_CLEAR_HEIGHT * Math.max(1, (double) photo.longSide() / COARSE_SIDE);
      return faces.stream().anyMatch(face -> face.height() >= clear)
          ? faces
          : finerPass(photo, pyramid, faces);
    }
  }

  private List<Detection> coarsePass(Photo photo, Pyramid pyramid) {
    return detectAt(COARSE_SIDE, photo, pyramid, Integer.MAX_VALUE, manifest.score());
  }

  /** Returns the coarse faces plus smaller ones of a finer pass, or else the padded pass's. */
  private List<Detection> finerPass(Photo photo, Pyramid pyramid, List<Detection> found) {
    boolean large = isLarge(photo);
    List<Detection> small = large ? finePass(photo, pyramid) : mediumPass(photo, pyramid);
    List<Detection> faces = new ArrayList<>(found);
    faces.removeIf(face -> isGroup(face, small));
    List<Detection> others = small.stream().filter(face -> isNew(face, faces)).toList();
    faces.addAll(large ? verified(photo, others) : others);
    return faces.isEmpty() ? paddedPass(photo, pyramid) : faces;
  }

  private static boolean isLarge(Photo photo) {
    return photo.longSide() > LARGE_PHOTO_SIDE;
  }

  private List<Detection> mediumPass(Photo photo, Pyramid pyramid) {
    return longSide(photo.pixels()) > COARSE_SIDE
        ? detectAt(MEDIUM_SIDE, photo, pyramid, MAX_MEDIUM_ANCHOR, manifest.score())
        : List.of();
  }

  private List<Detection> finePass(Photo photo, Pyramid pyramid) {
    return detectAt(FINE_SIDE, photo, pyramid, MAX_FINE_ANCHOR, MIN_CANDIDATE_SCORE);
  }

  /** Returns whether a coarse-pass detection is a group of faces on the finer scale. */
  private boolean isGroup(Detection face, List<Detection> small) {
    return small.stream()
            .filter(
                other -> other.score() >= manifest.score() && face.ioMin(other) > SAME_FACE_OVERLAP)
            .count()
        >= MIN_GROUP;
  }

  private static boolean isNew(Detection face, List<Detection> known) {
    return known.stream().noneMatch(other -> face.ioMin(other) > SAME_FACE_OVERLAP);
  }

  /** Verifies fine-scale candidates by running the detector on an enlarged crop of each. */
  private List<Detection> verified(Photo photo, List<Detection> candidates) {
    List<Detection> verified =
        candidates.stream()
            .limit(MAX_VERIFIED)
            .gather(Gatherers.windowFixed(VERIFICATION_BATCH_SIZE))
            .flatMap(group -> verifiedBatch(photo, group))
            .toList();
    return Detection.nonMaximumSuppression(verified, manifest.overlap());
  }

  private Stream<Detection> verifiedBatch(Photo photo, List<Detection> candidates) {
    List<Crop> regions =
        candidates.stream().map(face -> Crop.of(photo, face.around(VERIFICATION_CROP))).toList();
    try (MatBatch crops =
        MatBatch.of(regions, region -> region.resized(VERIFICATION_SIDE, VERIFICATION_SIDE))) {
      List<float[][]> outputs = whole.feed().run(crops.mats());
      return IntStream.range(0, candidates.size())
          .boxed()
          .flatMap(i -> verifiedOn(candidates.get(i), regions.get(i), outputs.get(i)).stream());
    }
  }

  private Optional<Detection> verifiedOn(Detection candidate, Crop region, float[][] output) {
    Photo photo = region.photo();
    double scaleX = region.width() * photo.scaleX() / VERIFICATION_SIDE;
    double scaleY = region.height() * photo.scaleY() / VERIFICATION_SIDE;
    double left = region.x() * photo.scaleX();
    double top = region.y() * photo.scaleY();
    AnchorGrid grid = whole.grid(VERIFICATION_SIDE, VERIFICATION_SIDE);
    return decode(output, grid, Integer.MAX_VALUE, manifest.score()).stream()
        .map(found -> found.mapped(scaleX, scaleY, left, top))
        .filter(found -> found.iou(candidate) > SAME_FACE_OVERLAP)
        .findFirst();
  }

  /**
   * Detects a face that fills the photo. Such a face is larger than the anchors and lacks the
   * context around a head, so the photo is shrunk and given a neutral border.
   */
  private List<Detection> paddedPass(Photo photo, Pyramid pyramid) {
    Mat pixels = photo.pixels();
    double shrink = (double) PADDED_SIDE / longSide(pixels);
    int columns = (int) Math.max(1, Math.round(pixels.cols() * shrink));
    int rows = (int) Math.max(1, Math.round(pixels.rows() * shrink));
    double scaleX = (double) photo.width() / columns;
    double scaleY = (double) photo.height() / rows;
    try (Mat small = pyramid.resized(columns, rows);
        Mat padded = new Mat();
        Scalar grey = Scalar.all(NEUTRAL_GREY)) {
      copyMakeBorder(small, padded, PADDING, PADDING, PADDING, PADDING, BORDER_CONSTANT, grey);
      return detectOnCanvas(whole, padded, Integer.MAX_VALUE, manifest.score(), 1, 1).stream()
          .map(face -> face.mapped(scaleX, scaleY, -PADDING * scaleX, -PADDING * scaleY))
          .toList();
    }
  }

  private static int longSide(Mat pixels) {
    return Math.max(pixels.cols(), pixels.rows());
  }

  private List<Detection> detectAt(
      int side, Photo photo, Pyramid pyramid, int maxAnchor, double minScore) {
    Mat pixels = photo.pixels();
    double shrink = Math.min(1, (double) side / longSide(pixels));
    int columns = (int) Math.max(1, Math.round(pixels.cols() * shrink));
    int rows = (int) Math.max(1, Math.round(pixels.rows() * shrink));
    int reduction = (int) Math.round(photo.scaleX());
    ScaleNetwork network = networkFor(maxAnchor);
    AnchorGrid grid = network.grid(columns, rows);
    timer.looked(
        new StageTimer.Look(
            reduction, columns, rows, grid.width(), grid.height(), grid.anchors().steps().size()));
    double scaleX = (double) photo.width() / columns;
    double scaleY = (double) photo.height() / rows;
    if (shrink == 1) {
      return detectOnCanvas(network, pixels, maxAnchor, minScore, scaleX, scaleY);
    }
    try (Mat small = pyramid.resized(columns, rows)) {
      return detectOnCanvas(network, small, maxAnchor, minScore, scaleX, scaleY);
    }
  }

  private List<Detection> detectOnCanvas(
      ScaleNetwork network,
      Mat pixels,
      int maxAnchor,
      double minScore,
      double scaleX,
      double scaleY) {
    AnchorGrid grid = network.grid(pixels.cols(), pixels.rows());
    float[][] output = network.feed().run(List.of(pixels), grid.width(), grid.height()).getFirst();
    return decode(output, grid, maxAnchor, minScore).stream()
        .map(face -> face.mapped(scaleX, scaleY, 0, 0))
        .toList();
  }

  /** Decodes one canvas's output, in canvas pixels, and applies non-maximum suppression. */
  private List<Detection> decode(
      float[][] output, AnchorGrid grid, int maxAnchor, double minScore) {
    List<Detection> raw = grid.decode(output[0], output[1], minScore, maxAnchor);
    return Detection.nonMaximumSuppression(raw, manifest.overlap());
  }

  @Override
  public void close() {
    whole.feed().close();
    parts.forEach(part -> part.feed().close());
  }
}
