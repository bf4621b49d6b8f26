package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.facet.core.bundle.Net;
import dev.facet.vision.images.Photo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Finds the landmarks of detected faces. The network is accurate on upright faces and
 * underestimates the roll of tilted ones, so it runs again on those after they are rotated back.
 * Not safe for concurrent use.
 */
final class LandmarkFinder implements AutoCloseable {

  /** Residual roll in degrees above which the network runs again on the rotated face. */
  private static final double MIN_TURN_DEGREES = 15;

  private static final int TURNED_PASSES = 2;

  private final Network.Feed feed;
  private final Net.Input input;

  LandmarkFinder(Network network) {
    this.feed = network.feed();
    this.input = network.net().input();
  }

  /**
   * Returns the landmarks of each face, in the same order; the network runs on all faces in one
   * batch.
   */
  List<Landmarks> find(Photo photo, List<Detection> faces) {
    List<Landmarks> found =
        new ArrayList<>(seen(faces.stream().map(face -> Crop.of(photo, face)).toList()));
    double[] turns = new double[faces.size()];
    for (int look = 0; look < TURNED_PASSES; look++) {
      List<Integer> turned =
          IntStream.range(0, faces.size())
              .filter(i -> Math.abs(found.get(i).roll() - turns[i]) > MIN_TURN_DEGREES)
              .boxed()
              .toList();
      turned.forEach(i -> turns[i] = found.get(i).roll());
      List<Landmarks> upright =
          seen(turned.stream().map(i -> RotatedCrop.of(photo, faces.get(i), turns[i])).toList());
      for (int i = 0; i < turned.size(); i++) {
        found.set(turned.get(i), upright.get(i));
      }
    }
    return found;
  }

  private List<Landmarks> seen(List<? extends NetworkInput> views) {
    if (views.isEmpty()) {
      return List.of();
    }
    try (MatBatch pictures = MatBatch.of(views, this::picture)) {
      List<float[][]> answers = feed.run(pictures.mats());
      return IntStream.range(0, views.size())
          .mapToObj(i -> landmarks(answers.get(i)[0], views.get(i)))
          .toList();
    }
  }

  private Mat picture(NetworkInput view) {
    Mat colours = view.resized(input.width(), input.height());
    if (input.colours() != Net.Colours.GREY) {
      return colours;
    }
    try (colours) {
      Mat grey = new Mat();
      cvtColor(colours, grey, COLOR_BGR2GRAY);
      return grey;
    }
  }

  private static Landmarks landmarks(float[] fractions, NetworkInput view) {
    return new Landmarks(
        IntStream.range(0, Landmarks.COUNT)
            .mapToObj(i -> view.toImage(fractions[2 * i], fractions[2 * i + 1]))
            .toList());
  }

  @Override
  public void close() {
    feed.close();
  }
}
