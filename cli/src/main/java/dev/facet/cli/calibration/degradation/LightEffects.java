package dev.facet.cli.calibration.degradation;

import dev.facet.core.faces.Point;

/** Effects of light and colour. */
final class LightEffects {

  private LightEffects() {}

  /** Multiplies the light; below 1 the photo gets dark, above 1 it is overexposed. */
  static Effect exposed(double factor) {
    return (picture, _, _) -> picture.with((x, y, c) -> factor * picture.at(x, y, c));
  }

  static Effect gamma(double exponent) {
    return (picture, _, _) ->
        picture.with((x, y, c) -> 255 * Math.pow(picture.at(x, y, c) / 255.0, exponent));
  }

  /** Compresses the range of values about middle grey. */
  static Effect contrast(double factor) {
    return (picture, _, _) -> picture.with((x, y, c) -> 128 + factor * (picture.at(x, y, c) - 128));
  }

  /** Blends the photo with light grey; more towards the top. */
  static Effect haze(double amount) {
    return (picture, _, _) ->
        picture.with(
            (x, y, c) -> {
              double veil = amount * (1 - 0.2 * y / picture.height());
              return (1 - veil) * picture.at(x, y, c) + veil * 225;
            });
  }

  /** Multiplies each channel by a factor of its own. */
  static Effect cast(double blue, double green, double red) {
    double[] factors = {blue, green, red};
    return (picture, _, _) -> picture.with((x, y, c) -> factors[c] * picture.at(x, y, c));
  }

  static Effect grey() {
    return (picture, _, _) -> picture.with((x, y, _) -> picture.luminance(x, y));
  }

  static Effect negative() {
    return (picture, _, _) -> picture.with((x, y, c) -> 255 - picture.at(x, y, c));
  }

  /** Inverts the values above a limit, as overexposed film does (Sabattier effect). */
  static Effect solarised(int limit) {
    return (picture, _, _) ->
        picture.with(
            (x, y, c) -> {
              int value = picture.at(x, y, c);
              return value < limit ? value : 255 - value;
            });
  }

  static Effect swappedColours() {
    return (picture, _, _) -> picture.with((x, y, c) -> picture.at(x, y, 2 - c));
  }

  /** Keeps a number of levels in each channel. */
  static Effect posterised(int levels) {
    return (picture, _, _) ->
        picture.with(
            (x, y, c) ->
                255.0 * Math.min(levels - 1, picture.at(x, y, c) * levels / 256) / (levels - 1));
  }

  /** Makes pixels black or white by the mean luminance of the face's surroundings. */
  static Effect threshold() {
    return (picture, face, _) -> {
      double mean = meanLuminance(picture, face);
      return picture.with((x, y, _) -> picture.luminance(x, y) >= mean ? 255 : 0);
    };
  }

  private static double meanLuminance(Picture picture, FacePlace face) {
    Point centre = face.centre();
    int reach = (int) Math.ceil(face.unit());
    double sum = 0;
    int count = 0;
    for (int y = (int) centre.y() - reach; y <= centre.y() + reach; y++) {
      for (int x = (int) centre.x() - reach; x <= centre.x() + reach; x++) {
        if (x >= 0 && y >= 0 && x < picture.width() && y < picture.height()) {
          sum += picture.luminance(x, y);
          count++;
        }
      }
    }
    return count == 0 ? 128 : sum / count;
  }

  /** Darkens one side of the face, with a soft border along its middle. */
  static Effect sideShadow(double darkest) {
    return (picture, face, random) -> {
      Point centre = face.centre();
      double side = random.nextBoolean() ? 1 : -1;
      double soft = 0.3 * face.unit();
      return picture.with(
          (x, y, c) -> {
            double lit = 1 / (1 + Math.exp(-side * (x - centre.x()) / soft));
            return picture.at(x, y, c) * (darkest + (1 - darkest) * lit);
          });
    };
  }

  /** Casts shadows in stripes, as blinds do. */
  static Effect stripedShadow(double darkest) {
    return (picture, face, random) -> {
      double angle = random.nextDouble(Math.PI);
      double period = 0.9 * face.unit();
      return picture.with(
          (x, y, c) -> {
            double along = (x * Math.cos(angle) + y * Math.sin(angle)) / period;
            return picture.at(x, y, c) * (along - Math.floor(along) < 0.5 ? darkest : 1);
          });
    };
  }

  /** Darkens with the distance from the middle of the photo's face. */
  static Effect vignette(double reach) {
    return (picture, face, _) -> {
      Point centre = face.centre();
      return picture.with(
          (x, y, c) -> {
            double distance = Math.hypot(x - centre.x(), y - centre.y()) / (reach * face.unit());
            return picture.at(x, y, c) * Math.exp(-distance * distance);
          });
    };
  }

  /** Adds a bright spot near the face, with a veil around it. */
  static Effect glare(double radius) {
    return (picture, face, random) -> {
      Point spot = face.point(random.nextDouble(-0.8, 0.8), random.nextDouble(-0.5, 1));
      return picture.with(
          (x, y, c) -> {
            double distance = Math.hypot(x - spot.x(), y - spot.y()) / (radius * face.unit());
            return picture.at(x, y, c) + 400 * Math.exp(-distance * distance);
          });
    };
  }
}
