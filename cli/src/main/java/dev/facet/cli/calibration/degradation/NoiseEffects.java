package dev.facet.cli.calibration.degradation;

import java.util.random.RandomGenerator;

/** Effects of sensors and transmission: noise and lost data. */
final class NoiseEffects {

  private NoiseEffects() {}

  static Effect gaussian(double deviation) {
    return (picture, _, random) ->
        picture.with((x, y, c) -> picture.at(x, y, c) + deviation * random.nextGaussian());
  }

  /** Dims the photo and multiplies the noise that this leaves, as a sensor in the dark does. */
  static Effect dimAndNoisy(double factor, double deviation) {
    return (picture, _, random) ->
        picture.with(
            (x, y, c) ->
                Math.sqrt(factor * picture.at(x, y, c) / 255.0) * deviation * random.nextGaussian()
                    + factor * picture.at(x, y, c));
  }

  /** Sets a share of the pixels to black or white. */
  static Effect saltAndPepper(double share) {
    return (picture, _, random) -> {
      byte[] kinds = drawn(picture, random, share);
      return picture.with(
          (x, y, c) ->
              switch (kinds[y * picture.width() + x]) {
                case 1 -> 0;
                case 2 -> 255;
                default -> picture.at(x, y, c);
              });
    };
  }

  private static byte[] drawn(Picture picture, RandomGenerator random, double share) {
    byte[] kinds = new byte[picture.width() * picture.height()];
    for (int i = 0; i < kinds.length; i++) {
      double draw = random.nextDouble();
      if (draw < share) {
        kinds[i] = (byte) (draw < share / 2 ? 1 : 2);
      }
    }
    return kinds;
  }

  /** Shifts every second row, as interlaced video of a moving face does. */
  static Effect interlaced(double shift) {
    return (picture, face, _) -> {
      int pixels = (int) Math.max(1, Math.round(shift * face.unit()));
      return picture.with((x, y, c) -> picture.near(y % 2 == 0 ? x : x + pixels, y, c));
    };
  }

  /** Shifts blocks of rows at random, as lost packets of a video do. */
  static Effect torn(double shift) {
    return (picture, face, random) -> {
      int rows = (int) Math.max(2, Math.round(0.4 * face.unit()));
      double[] shifts =
          random
              .doubles(Math.ceilDiv(picture.height(), rows), -shift, shift)
              .map(share -> share * face.unit())
              .toArray();
      return picture.with((x, y, c) -> picture.near(x + (int) Math.round(shifts[y / rows]), y, c));
    };
  }

  /** Replaces a share of the squares by grey, as lost blocks of a transmission. */
  static Effect lostBlocks(double share) {
    return (picture, face, random) -> {
      int side = (int) Math.max(2, Math.round(0.35 * face.unit()));
      int columns = Math.ceilDiv(picture.width(), side);
      boolean[] lost = new boolean[columns * Math.ceilDiv(picture.height(), side)];
      for (int i = 0; i < lost.length; i++) {
        lost[i] = random.nextDouble() < share;
      }
      return picture.with(
          (x, y, c) -> lost[y / side * columns + x / side] ? 128 : picture.at(x, y, c));
    };
  }
}
