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
 * Finds faces on two scales. On the smaller, which the network was trained on, it sees the whole
 * picture at a glance; there large faces are found, and who asks for the largest alone has it. The
 * larger answers for its small anchors only: the large ones see faces in elbows there. How fine it
 * is depends on the picture: in very large ones small faces are looked for on so fine a scale that
 * what is seen there must be seen again, enlarged. For one thread at a time.
 */
final class Detector implements AutoCloseable {

  /** The scale that the network was trained on. */
  private static final int OVERVIEW = 320;

  /** Rows from which a face is so clear that one of about its size beside it is seen as well. */
  private static final int CLEAR = 24;

  private static final int COARSE = 640;
  private static final int FINE = 1600;

  /**
   * The largest anchors that count on those two; what is larger, the overview has seen. Between it
   * and the coarse scale lies a factor of 2, between it and the fine one of 5.
   */
  private static final int COARSE_ANCHOR = 24;

  private static final int FINE_ANCHOR = 48;

  /** From this long side on, faces that the coarse scale can't see are still worth finding. */
  private static final int LARGE = 2560;

  private static final int CLOSE_UP = 128;

  /** Columns and rows of ground around it. */
  private static final int GROUND = 64;

  private static final double NEUTRAL = 127;

  /** The least score on the fine scale that is worth a second look, and the most such looks. */
  private static final double SUSPICION = 0.12;

  private static final int MOST_LOOKS = 64;
  private static final int LOOKS_AT_ONCE = 8;
  private static final int LOOK = 128;

  /** How many boxes wide a second look is; the face then fills about half of it. */
  private static final double LOOK_WIDTH = 2.2;

  private static final double SAME_FACE = 0.4;

  /** How many faces within a face make it none: parts of a face may look like one or two. */
  private static final int CROWD = 3;

  private final BundleManifest.Detector manifest;
  private final Eye whole;

  /** What sees small faces alone, those that see fewest first. */
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

  /** A network, and the anchors that it answers for. */
  private record Eye(Network.Feed feed, Anchors anchors) {

    /** How long the side of a canvas is that holds so many pixels, and no part of a cell. */
    private int canvas(int length) {
      int step = anchors.steps().getLast();
      return Math.ceilDiv(length, step) * step;
    }

    /** What it answers for on the canvas of a picture. */
    AnchorGrid grid(int columns, int rows) {
      return new AnchorGrid(anchors, canvas(columns), canvas(rows));
    }
  }

  /** The network that sees faces up to some size, and as little else as may be. */
  private Eye eye(int largestAnchor) {
    int levels = manifest.anchors().levelsUpTo(largestAnchor);
    return parts.stream()
        .filter(part -> part.anchors().steps().size() >= levels)
        .findFirst()
        .orElse(whole);
  }

  /** All faces, in pixels of the full image. */
  List<Detection> all(Photo photo) {
    try (Pyramid pyramid = new Pyramid(photo.pixels())) {
      return besides(photo, pyramid, overview(photo, pyramid));
    }
  }

  /** Faces of the size of the largest one; the small ones beside it may be missing. */
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

  /** What the overview saw, and what is too small for it. */
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

  /** Whether what looks like one face at a glance is several, seen from nearer by. */
  private boolean isCrowd(Detection face, List<Detection> small) {
    return small.stream()
            .filter(other -> other.score() >= manifest.score() && face.cover(other) > SAME_FACE)
            .count()
        >= CROWD;
  }

  private static boolean isNew(Detection face, List<Detection> known) {
    return known.stream().noneMatch(other -> face.cover(other) > SAME_FACE);
  }

  /** Those of what is suspected on the fine scale that are faces when looked at by themselves. */
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
    try (Pictures looks = Pictures.of(windows, window -> window.resized(LOOK, LOOK))) {
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
   * A face that fills the picture is larger than the anchors and lacks what surrounds heads: the
   * picture is shrunk and laid on a neutral ground.
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

  /** Whom a canvas shows, in its pixels; nobody twice. */
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
