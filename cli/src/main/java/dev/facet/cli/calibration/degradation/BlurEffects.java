package dev.facet.cli.calibration.degradation;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.filter2D;
import static org.bytedeco.opencv.global.opencv_imgproc.medianBlur;

import dev.facet.core.faces.Point;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Effects that smear the photo. Lengths are shares of the eye distance. */
final class BlurEffects {

  private BlurEffects() {}

  static Effect gaussian(double deviation) {
    return (picture, face, _) ->
        picture.filtered(
            (from, to) -> {
              try (Size size = new Size(0, 0)) {
                GaussianBlur(from, to, size, deviation * face.unit());
              }
            });
  }

  /** Blurs along a straight line of random direction, as a moving camera does. */
  static Effect motion(double length) {
    return (picture, face, random) -> {
      double angle = random.nextDouble(Math.PI);
      return streaked(
          picture, length * face.unit(), t -> new Point(t * Math.cos(angle), t * Math.sin(angle)));
    };
  }

  /** Blurs along an arc, as a camera that is shaken by hand does. */
  static Effect shaken(double length) {
    return (picture, face, random) -> {
      double pixels = length * face.unit();
      double start = random.nextDouble(2 * Math.PI);
      double bend = random.nextDouble(1, 2.5);
      return streaked(
          picture,
          pixels,
          t -> {
            double angle = start + bend * t / pixels;
            double radius = pixels / bend;
            return new Point(
                radius * (Math.sin(angle) - Math.sin(start)),
                radius * (Math.cos(start) - Math.cos(angle)));
          });
    };
  }

  /** A path of the camera: the place after a length in pixels. */
  private interface Path {
    Point at(double length);
  }

  private static Picture streaked(Picture picture, double length, Path path) {
    int reach = (int) Math.ceil(length) + 1;
    int side = 2 * reach + 1;
    float[] weights = new float[side * side];
    int steps = 8 * reach;
    for (int i = 0; i < steps; i++) {
      Point place = path.at(length * ((i + 0.5) / steps - 0.5));
      int x = Math.clamp((int) Math.round(place.x()) + reach, 0, side - 1);
      int y = Math.clamp((int) Math.round(place.y()) + reach, 0, side - 1);
      weights[y * side + x] += 1f / steps;
    }
    return weighted(picture, side, weights);
  }

  /** Blurs by a disc, as a lens out of focus does. */
  static Effect defocused(double radius) {
    return (picture, face, _) -> {
      double pixels = radius * face.unit();
      int reach = (int) Math.ceil(pixels);
      int side = 2 * reach + 1;
      float[] weights = new float[side * side];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        double distance = Math.hypot(i % side - reach, Math.floorDiv(i, side) - reach);
        weights[i] = (float) Math.clamp(pixels + 0.5 - distance, 0, 1);
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= (float) sum;
      }
      return weighted(picture, side, weights);
    };
  }

  private static Picture weighted(Picture picture, int side, float[] weights) {
    return picture.filtered(
        (from, to) -> {
          try (FloatPointer numbers = new FloatPointer(weights);
              Mat kernel = new Mat(side, side, CV_32F, numbers)) {
            filter2D(from, to, -1, kernel);
          }
        });
  }

  /** Averages the photo with enlarged copies of itself, as a zoom during the exposure does. */
  static Effect zoomed(double amount) {
    return (picture, face, _) -> {
      Point centre = face.centre();
      int steps = 12;
      double[] sums = new double[picture.samples().length];
      for (int i = 0; i < steps; i++) {
        double factor = 1 - amount * i / (steps - 1);
        Picture copy =
            picture.warped(
                picture.width(),
                picture.height(),
                (x, y) ->
                    new double[] {
                      centre.x() + (x - centre.x()) * factor, centre.y() + (y - centre.y()) * factor
                    });
        for (int k = 0; k < sums.length; k++) {
          sums[k] += (copy.samples()[k] & 0xff) / (double) steps;
        }
      }
      return picture.with((x, y, c) -> sums[(y * picture.width() + x) * Picture.CHANNELS + c]);
    };
  }

  /** Adds a shifted copy of the photo at half strength. */
  static Effect doubled(double shift) {
    return (picture, face, random) -> {
      double angle = random.nextDouble(2 * Math.PI);
      int dx = (int) Math.round(shift * face.unit() * Math.cos(angle));
      int dy = (int) Math.round(shift * face.unit() * Math.sin(angle));
      return picture.with(
          (x, y, c) -> (picture.at(x, y, c) + picture.near(x + dx, y + dy, c)) / 2.0);
    };
  }

  /** Replaces each pixel by the median of its surroundings, as a painting of flat areas. */
  static Effect painted(double side) {
    return (picture, face, _) -> {
      int pixels = 2 * (int) Math.max(1, Math.round(side * face.unit() / 2)) + 1;
      return picture.filtered((from, to) -> medianBlur(from, to, pixels));
    };
  }

  /** Smooths the photo and adds what that removed twice over, which leaves halos. */
  static Effect oversharpened(double amount) {
    return (picture, face, random) -> {
      Picture soft = gaussian(0.06).apply(picture, face, random);
      return picture.with(
          (x, y, c) -> picture.at(x, y, c) + amount * (picture.at(x, y, c) - soft.at(x, y, c)));
    };
  }
}
