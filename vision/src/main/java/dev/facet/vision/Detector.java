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
 * A face detector that works on two scales. The overview, the scale that the network was trained
 * on, covers the whole photo and detects large faces; it suffices to find the largest face. The
 * finer scale decodes small anchors only, because large anchors produce false positives there, such
 * as elbows. It is coarse or fine depending on the photo: on the fine scale of very large photos,
 * each candidate must be verified on an enlarged crop. Not safe for concurrent use.
 */
final class Detector implements AutoCloseable {

  /** Long side in pixels of the scale that the network was trained on. */
  private static final int OVERVIEW = 320;

  /** Face height in overview rows from which other faces of about that size are detected too. */
  private static final int CLEAR = 24;

  private static final int COARSE = 640;
  private static final int FINE = 1600;

  /**
   * Maximum anchor sizes in pixels on the two finer scales; the overview detects larger faces. The
   * coarse scale has 2 times the overview's resolution, the fine one 5 times.
   */
  private static final int COARSE_ANCHOR = 24;

  private static final int FINE_ANCHOR = 48;

  /** Long side above which faces too small for the coarse scale are still worth detecting. */
  private static final int LARGE = 2560;

  private static final int CLOSE_UP = 128;

  /** Width in pixels of the neutral border around the close-up. */
  private static final int GROUND = 64;

  private static final double NEUTRAL = 127;

  /** Minimum score of a candidate on the fine scale; at most {@link #MOST_LOOKS} are verified. */
  private static final double SUSPICION = 0.12;

  private static final int MOST_LOOKS = 64;
  private static final int LOOKS_AT_ONCE = 8;
  private static final int LOOK = 128;

  /** Side of a verification crop, as a multiple of the box's; the face fills about half of it. */
  private static final double LOOK_WIDTH = 2.2;

  private static final double SAME_FACE = 0.4;

  /** Face count within a detection that refutes it: parts of one face can give one or two. */
  private static final int CROWD = 3;

  private final BundleManifest.Detector manifest;
  private final Eye whole;

  /** Truncated networks for small anchors only, in ascending number of levels. */
  private final List<Eye> parts;

  private final StageTimer timer;

  Detector(BundleManifest.Detector manifest, Networks networks, StageTimer timer) {
    this.manifest = manifest;
    this.whole = new Eye(networks.detector().feed(), manifest.anchors());
    this.parts =
        IntStream.range(0, manifest.parts().size())
            .mapToObj(
                i ->
                    new Eye(
                        networks.parts().get(i).feed(),
                        manifest.anchors().upTo(manifest.parts().get(i).levels())))
            .toList();
    this.timer = timer;
  }

  /** A network and the anchors of its output. */
  private record Eye(Network.Feed feed, Anchors anchors) {

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
  private Eye eye(int largestAnchor) {
    int levels = manifest.anchors().levelsUpTo(largestAnchor);
    return parts.stream()
        .filter(part -> part.anchors().steps().size() >= levels)
        .findFirst()
        .orElse(whole);
  }

  /** Returns all faces, in pixels of the full image and in no particular order. */
  List<Detection> all(Photo photo) {
    try (Pyramid pyramid = new Pyramid(photo.pixels())) {
      return besides(photo, pyramid, overview(photo, pyramid));
    }
  }

  /** Returns the faces of about the size of the largest one; smaller ones may be missing. */
  List<Detection> largest(Photo photo) {
    try (Pyramid pyramid = new Pyramid(photo.pixels())) {
      List<Detection> faces = overview(photo, pyramid);
      double clear = CLEAR * Math.max(1, (double) photo.longSide() / OVERVIEW);
      return faces.stream().anyMatch(face -> face.height() >= clear)
          ? faces
          : besides(photo, pyramid, faces);
    }
  }

  private List<Detection> overview(Photo photo, Pyramid pyramid) {
    return at(OVERVIEW, photo, pyramid, Integer.MAX_VALUE, manifest.score());
  }

  /** Returns the overview's faces plus smaller ones of the finer pass, or else the close-up's. */
  private List<Detection> besides(Photo photo, Pyramid pyramid, List<Detection> seen) {
    boolean large = photo.longSide() > LARGE;
    List<Detection> small = large ? suspects(photo, pyramid) : small(photo, pyramid);
    List<Detection> faces = new ArrayList<>(seen);
    faces.removeIf(face -> isCrowd(face, small));
    List<Detection> others = small.stream().filter(face -> isNew(face, faces)).toList();
    faces.addAll(large ? confirmed(photo, others) : others);
    return faces.isEmpty() ? closeUp(photo, pyramid) : faces;
  }

  private List<Detection> small(Photo photo, Pyramid pyramid) {
    return longSide(photo.pixels()) > OVERVIEW
        ? at(COARSE, photo, pyramid, COARSE_ANCHOR, manifest.score())
        : List.of();
  }

  private List<Detection> suspects(Photo photo, Pyramid pyramid) {
    return at(FINE, photo, pyramid, FINE_ANCHOR, SUSPICION);
  }

  /** Returns whether an overview detection is a group of faces on the finer scale. */
  private boolean isCrowd(Detection face, List<Detection> small) {
    return small.stream()
            .filter(other -> other.score() >= manifest.score() && face.cover(other) > SAME_FACE)
            .count()
        >= CROWD;
  }

  private static boolean isNew(Detection face, List<Detection> known) {
    return known.stream().noneMatch(other -> face.cover(other) > SAME_FACE);
  }

  /** Verifies fine-scale candidates by running the detector on an enlarged crop of each. */
  private List<Detection> confirmed(Photo photo, List<Detection> suspects) {
    List<Detection> confirmed =
        suspects.stream()
            .limit(MOST_LOOKS)
            .gather(Gatherers.windowFixed(LOOKS_AT_ONCE))
            .flatMap(group -> confirmedAtOnce(photo, group))
            .toList();
    return Detection.distinct(confirmed, manifest.overlap());
  }

  private Stream<Detection> confirmedAtOnce(Photo photo, List<Detection> suspects) {
    List<Crop> windows =
        suspects.stream().map(face -> Crop.of(photo, face.around(LOOK_WIDTH))).toList();
    try (MatBatch looks = MatBatch.of(windows, window -> window.resized(LOOK, LOOK))) {
      List<float[][]> answers = whole.feed().run(looks.mats());
      return IntStream.range(0, suspects.size())
          .boxed()
          .flatMap(i -> seenAgain(suspects.get(i), windows.get(i), answers.get(i)).stream());
    }
  }

  private Optional<Detection> seenAgain(Detection suspect, Crop window, float[][] answer) {
    Photo photo = window.photo();
    double scaleX = window.width() * photo.scaleX() / LOOK;
    double scaleY = window.height() * photo.scaleY() / LOOK;
    double left = window.x() * photo.scaleX();
    double top = window.y() * photo.scaleY();
    AnchorGrid grid = whole.grid(LOOK, LOOK);
    return faces(answer, grid, Integer.MAX_VALUE, manifest.score()).stream()
        .map(seen -> seen.mapped(scaleX, scaleY, left, top))
        .filter(seen -> seen.overlap(suspect) > SAME_FACE)
        .findFirst();
  }

  /**
   * Detects a face that fills the photo. Such a face is larger than the anchors and lacks the
   * context around a head, so the photo is shrunk and given a neutral border.
   */
  private List<Detection> closeUp(Photo photo, Pyramid pyramid) {
    Mat pixels = photo.pixels();
    double shrink = (double) CLOSE_UP / longSide(pixels);
    int columns = (int) Math.max(1, Math.round(pixels.cols() * shrink));
    int rows = (int) Math.max(1, Math.round(pixels.rows() * shrink));
    double scaleX = (double) photo.width() / columns;
    double scaleY = (double) photo.height() / rows;
    try (Mat small = pyramid.resized(columns, rows);
        Mat ground = new Mat();
        Scalar grey = Scalar.all(NEUTRAL)) {
      copyMakeBorder(small, ground, GROUND, GROUND, GROUND, GROUND, BORDER_CONSTANT, grey);
      return onCanvas(whole, ground, Integer.MAX_VALUE, manifest.score(), 1, 1).stream()
          .map(face -> face.mapped(scaleX, scaleY, -GROUND * scaleX, -GROUND * scaleY))
          .toList();
    }
  }

  private static int longSide(Mat pixels) {
    return Math.max(pixels.cols(), pixels.rows());
  }

  private List<Detection> at(
      int scale, Photo photo, Pyramid pyramid, int largestAnchor, double least) {
    Mat pixels = photo.pixels();
    double shrink = Math.min(1, (double) scale / longSide(pixels));
    int columns = (int) Math.max(1, Math.round(pixels.cols() * shrink));
    int rows = (int) Math.max(1, Math.round(pixels.rows() * shrink));
    int reduction = (int) Math.round(photo.scaleX());
    Eye eye = eye(largestAnchor);
    AnchorGrid grid = eye.grid(columns, rows);
    timer.looked(
        new StageTimer.Look(
            reduction, columns, rows, grid.width(), grid.height(), grid.anchors().steps().size()));
    double scaleX = (double) photo.width() / columns;
    double scaleY = (double) photo.height() / rows;
    if (shrink == 1) {
      return onCanvas(eye, pixels, largestAnchor, least, scaleX, scaleY);
    }
    try (Mat small = pyramid.resized(columns, rows)) {
      return onCanvas(eye, small, largestAnchor, least, scaleX, scaleY);
    }
  }

  private List<Detection> onCanvas(
      Eye eye, Mat pixels, int largestAnchor, double least, double scaleX, double scaleY) {
    AnchorGrid grid = eye.grid(pixels.cols(), pixels.rows());
    float[][] answer = eye.feed().run(List.of(pixels), grid.width(), grid.height()).getFirst();
    return faces(answer, grid, largestAnchor, least).stream()
        .map(face -> face.mapped(scaleX, scaleY, 0, 0))
        .toList();
  }

  /** Decodes one canvas's output, in canvas pixels, and applies non-maximum suppression. */
  private List<Detection> faces(
      float[][] answer, AnchorGrid grid, int largestAnchor, double least) {
    List<Detection> raw = grid.faces(answer[0], answer[1], least, largestAnchor);
    return Detection.distinct(raw, manifest.overlap());
  }

  @Override
  public void close() {
    whole.feed().close();
    parts.forEach(part -> part.feed().close());
  }
}
