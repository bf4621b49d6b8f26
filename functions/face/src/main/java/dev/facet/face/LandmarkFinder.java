package dev.facet.face;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.facet.core.bundle.Net;
import dev.facet.core.faces.Point;
import dev.facet.face.images.Photo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Finds the landmarks in a detected face. The network is at home with upright faces and sees tilted
 * ones less tilted than they are; those are looked at again, turned back. For one thread at a time.
 */
final class LandmarkFinder implements AutoCloseable {

  /** From this angle on, in degrees, a look at the face turned back tells more. */
  private static final double TURNED = 15;

  private static final int TURNED_LOOKS = 2;

  private final Network.Feed feed;
  private final Net.Input input;

  LandmarkFinder(Network network) {
    this.feed = network.feed();
    this.input = network.net().input();
  }

  Landmarks find(Photo photo, Detection face) {
    Landmarks points = upright(photo, face);
    double turned = 0;
    for (int look = 0; look < TURNED_LOOKS && Math.abs(points.roll() - turned) > TURNED; look++) {
      turned = points.roll();
      points = turned(Turn.of(photo, face, turned));
    }
    return points;
  }

  private Landmarks upright(Photo photo, Detection face) {
    Crop crop = Crop.of(photo, face);
    try (Mat seen = crop.resized(input.width(), input.height())) {
      return points(numbers(seen), crop::toImage);
    }
  }

  private Landmarks turned(Turn turn) {
    try (Mat seen = turn.seen(input.width(), input.height())) {
      return points(numbers(seen), turn::toImage);
    }
  }

  private static Landmarks points(float[] fractions, BiFunction<Double, Double, Point> toImage) {
    List<Point> points = new ArrayList<>(Landmarks.COUNT);
    for (int i = 0; i < Landmarks.COUNT; i++) {
      points.add(toImage.apply((double) fractions[2 * i], (double) fractions[2 * i + 1]));
    }
    return new Landmarks(points);
  }

  private float[] numbers(Mat seen) {
    if (input.colours() != Net.Colours.GREY) {
      return feed.run(seen)[0];
    }
    try (Mat grey = new Mat()) {
      cvtColor(seen, grey, COLOR_BGR2GRAY);
      return feed.run(grey)[0];
    }
  }

  @Override
  public void close() {
    feed.close();
  }
}
