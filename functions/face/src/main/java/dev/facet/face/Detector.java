package dev.facet.face;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.facet.core.bundle.BundleManifest;
import dev.facet.face.images.Photo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Finds faces on up to two scales. The coarse one sees the whole picture small enough that a face
 * fills many anchors. The fine one, for pictures so large that small faces vanish in it, answers
 * only for its small anchors (the large ones see faces in elbows there), and what it alone found is
 * looked at again, enlarged. For one thread at a time.
 */
final class Detector implements AutoCloseable {

  /** Sides of a canvas are multiples of this: the largest step, so that cells don't hang over. */
  private static final int CANVAS = 64;

  private static final int COARSE = 640;
  private static final int FINE = 1920;

  /** From this long side on, faces that the coarse scale can't see are still worth finding. */
  private static final int LARGE = 2560;

  /** Large enough for the whole coarse scale. */
  private static final int TILE = 704;

  private static final int TILE_OVERLAP = 96;

  private static final int CLOSE_UP = 128;
  private static final double NEUTRAL = 127;

  /** The least score on the fine scale that is worth a second look, and the most such looks. */
  private static final double SUSPICION = 0.3;

  private static final int MOST_LOOKS = 64;
  private static final int FINE_ANCHOR = 48;
  private static final int LOOK = 128;

  /** How many boxes wide the second look is; the face then fills about half of it. */
  private static final double LOOK_WIDTH = 2.2;

  private static final double SAME_FACE = 0.4;

  private final BundleManifest.Detector manifest;
  private final Network.Feed feed;
  private final StageTimer timer;

  Detector(BundleManifest.Detector manifest, Network network, StageTimer timer) {
    this.manifest = manifest;
    this.feed = network.feed();
    this.timer = timer;
  }

  /** All faces, in pixels of the full image. */
  List<Detection> all(Photo photo) {
    List<Detection> faces = new ArrayList<>(at(COARSE, photo, Integer.MAX_VALUE, manifest.score()));
    if (longSide(photo) > LARGE) {
      faces.addAll(small(photo, faces));
    }
    return faces.isEmpty() ? closeUp(photo) : faces;
  }

  /** Faces of the size of the largest one; the small ones beside it may be missing. */
  List<Detection> largest(Photo photo) {
    List<Detection> faces = at(COARSE, photo, Integer.MAX_VALUE, manifest.score());
    return faces.isEmpty() ? all(photo) : faces;
  }

  /**
   * A face that fills the picture is larger than the anchors and lacks what surrounds heads: the
   * picture is shrunk and laid on a neutral ground.
   */
  private List<Detection> closeUp(Photo photo) {
    Mat pixels = photo.pixels();
    double shrink = (double) CLOSE_UP / Math.max(pixels.cols(), pixels.rows());
    int columns = (int) Math.max(1, Math.round(pixels.cols() * shrink));
    int rows = (int) Math.max(1, Math.round(pixels.rows() * shrink));
    double scaleX = (double) photo.width() / columns;
    double scaleY = (double) photo.height() / rows;
    try (Mat small = new Mat();
        Mat ground = new Mat();
        Size size = new Size(columns, rows);
        Scalar grey = Scalar.all(NEUTRAL)) {
      shrink(pixels, small, size);
      copyMakeBorder(small, ground, CANVAS, CANVAS, CANVAS, CANVAS, BORDER_CONSTANT, grey);
      return onCanvas(ground, Integer.MAX_VALUE, manifest.score(), 1, 1).stream()
          .map(face -> face.mapped(scaleX, scaleY, -CANVAS * scaleX, -CANVAS * scaleY))
          .toList();
    }
  }

  private List<Detection> small(Photo photo, List<Detection> known) {
    List<Detection> confirmed =
        at(FINE, photo, FINE_ANCHOR, SUSPICION).stream()
            .filter(face -> known.stream().noneMatch(other -> face.cover(other) > SAME_FACE))
            .limit(MOST_LOOKS)
            .flatMap(face -> confirmed(photo, face).stream())
            .toList();
    return Detection.distinct(confirmed, manifest.overlap());
  }

  private static int longSide(Photo photo) {
    return Math.max(photo.width(), photo.height());
  }

  private List<Detection> at(int scale, Photo photo, int largestAnchor, double least) {
    Mat pixels = photo.pixels();
    double shrink = Math.min(1, (double) scale / Math.max(pixels.cols(), pixels.rows()));
    int columns = (int) Math.max(1, Math.round(pixels.cols() * shrink));
    int rows = (int) Math.max(1, Math.round(pixels.rows() * shrink));
    int reduction = (int) Math.round(photo.scaleX());
    timer.looked(
        new StageTimer.Look(
            reduction, columns, rows, canvas(columns), canvas(rows), largestAnchor));
    if (shrink == 1) {
      return inTiles(pixels, photo, largestAnchor, least);
    }
    try (Mat small = new Mat();
        Size size = new Size(columns, rows)) {
      shrink(pixels, small, size);
      return inTiles(small, photo, largestAnchor, least);
    }
  }

  /**
   * Looks at a picture tile by tile: what the network computes about one stays in the processor's
   * caches. Tiles overlap by more than the faces that small anchors find.
   */
  private List<Detection> inTiles(Mat picture, Photo photo, int largestAnchor, double least) {
    double scaleX = (double) photo.width() / picture.cols();
    double scaleY = (double) photo.height() / picture.rows();
    List<Detection> faces = new ArrayList<>();
    for (int y : starts(picture.rows())) {
      for (int x : starts(picture.cols())) {
        int columns = Math.min(TILE, picture.cols() - x);
        int rows = Math.min(TILE, picture.rows() - y);
        try (Rect window = new Rect(x, y, columns, rows);
            Mat tile = new Mat(picture, window)) {
          onCanvas(tile, largestAnchor, least, scaleX, scaleY).stream()
              .map(face -> face.mapped(1, 1, x * scaleX, y * scaleY))
              .forEach(faces::add);
        }
      }
    }
    return Detection.distinct(faces, manifest.overlap());
  }

  /** Where tiles begin along a side: evenly, as few as cover it. */
  private static int[] starts(int length) {
    int tiles = Math.max(1, Math.ceilDiv(length - TILE_OVERLAP, TILE - TILE_OVERLAP));
    return IntStream.range(0, tiles)
        .map(tile -> tile == 0 ? 0 : tile * (length - TILE) / (tiles - 1))
        .toArray();
  }

  /**
   * Halves the picture by averages as long as that leaves enough, and interpolates the rest: as
   * good as averages throughout, at a third of the time.
   */
  private static void shrink(Mat pixels, Mat small, Size size) {
    int halvings = 0;
    while (pixels.cols() >> (halvings + 1) >= size.width()
        && pixels.rows() >> (halvings + 1) >= size.height()) {
      halvings++;
    }
    if (halvings == 0) {
      resize(pixels, small, size, 0, 0, INTER_LINEAR);
      return;
    }
    try (Mat half = new Mat();
        Size between = new Size(pixels.cols() >> halvings, pixels.rows() >> halvings)) {
      resize(pixels, half, between, 0, 0, INTER_AREA);
      resize(half, small, size, 0, 0, INTER_LINEAR);
    }
  }

  private List<Detection> onCanvas(
      Mat pixels, int largestAnchor, double least, double scaleX, double scaleY) {
    int width = canvas(pixels.cols());
    int height = canvas(pixels.rows());
    float[][] answer = feed.run(pixels, width, height);
    List<Detection> raw =
        new AnchorGrid(manifest.anchors(), width, height)
            .faces(answer[0], answer[1], least, largestAnchor);
    return Detection.distinct(raw, manifest.overlap()).stream()
        .map(face -> face.mapped(scaleX, scaleY, 0, 0))
        .toList();
  }

  private static int canvas(int length) {
    return Math.ceilDiv(length, CANVAS) * CANVAS;
  }

  /** What is seen of a suspected face when it is looked at alone and enlarged. */
  private Optional<Detection> confirmed(Photo photo, Detection face) {
    double side = LOOK_WIDTH * Math.max(face.width(), face.height());
    Mat pixels = photo.pixels();
    double left = (face.centreX() - side / 2) / photo.scaleX();
    double top = (face.centreY() - side / 2) / photo.scaleY();
    int x = (int) Math.max(0, left);
    int y = (int) Math.max(0, top);
    int right = (int) Math.min(pixels.cols(), left + side / photo.scaleX());
    int bottom = (int) Math.min(pixels.rows(), top + side / photo.scaleY());
    try (Rect window = new Rect(x, y, right - x, bottom - y);
        Mat part = new Mat(pixels, window);
        Mat look = new Mat();
        Size size = new Size(LOOK, LOOK)) {
      resize(part, look, size);
      double scaleX = (right - x) * photo.scaleX() / LOOK;
      double scaleY = (bottom - y) * photo.scaleY() / LOOK;
      return onCanvas(look, Integer.MAX_VALUE, manifest.score(), scaleX, scaleY).stream()
          .map(seen -> seen.mapped(1, 1, x * photo.scaleX(), y * photo.scaleY()))
          .filter(seen -> seen.overlap(face) > SAME_FACE)
          .findFirst();
    }
  }

  @Override
  public void close() {
    feed.close();
  }
}
