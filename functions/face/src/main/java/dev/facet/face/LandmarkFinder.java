package dev.facet.face;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.facet.core.bundle.Net;
import dev.facet.core.faces.Point;
import dev.facet.face.images.Photo;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Finds the landmarks in a detected face. For one thread at a time. */
final class LandmarkFinder implements AutoCloseable {

  private final Network.Feed feed;
  private final Net.Input input;

  LandmarkFinder(Network network) {
    this.feed = network.feed();
    this.input = network.net().input();
  }

  Landmarks find(Photo photo, Detection face) {
    Crop crop = Crop.of(photo, face);
    try (Mat seen = crop.resized(input.width(), input.height())) {
      float[] fractions = numbers(seen);
      List<Point> points = new ArrayList<>(Landmarks.COUNT);
      for (int i = 0; i < Landmarks.COUNT; i++) {
        points.add(crop.toImage(fractions[2 * i], fractions[2 * i + 1]));
      }
      return new Landmarks(points);
    }
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
