package dev.facet.cli.calibration.degradation;

/** Effects of other media: drawings, prints and screens. Lengths are shares of the eye distance. */
final class PrintEffects {

  private PrintEffects() {}

  /** Divides the grey photo by its blurred self, which leaves lines as of a pencil. */
  static Effect sketch(double deviation) {
    return (picture, face, random) -> {
      Picture soft = BlurEffects.gaussian(deviation).apply(picture, face, random);
      return picture.with(
          (x, y, _) ->
              255 * Math.min(1, (picture.luminance(x, y) + 1) / (soft.luminance(x, y) + 1)));
    };
  }

  /** Shows the differences between neighbours on grey, as a relief. */
  static Effect embossed() {
    return (picture, _, _) ->
        picture.with(
            (x, y, _) -> {
              int right = Math.min(x + 1, picture.width() - 1);
              int below = Math.min(y + 1, picture.height() - 1);
              return 128 + 2 * (picture.luminance(right, below) - picture.luminance(x, y));
            });
  }

  /** Prints the photo in dots whose size follows the darkness. */
  static Effect halftone(double period) {
    return (picture, face, _) -> {
      double cell = Math.max(3, period * face.unit());
      return picture.with(
          (x, y, c) -> {
            double angle = Math.toRadians(15 + 30 * c);
            double u = (x * Math.cos(angle) + y * Math.sin(angle)) * 2 * Math.PI / cell;
            double v = (y * Math.cos(angle) - x * Math.sin(angle)) * 2 * Math.PI / cell;
            double screen = 127.5 + 63.75 * (Math.cos(u) + Math.cos(v));
            return Math.clamp(128 + 4 * (picture.at(x, y, c) - screen), 0, 255);
          });
    };
  }

  /** Multiplies the photo by two fine gratings whose beat makes a moiré, as a filmed screen. */
  static Effect moire(double amount) {
    return (picture, face, random) -> {
      double angle = random.nextDouble(0.05, 0.3);
      double period = Math.max(2.2, 0.07 * face.unit());
      return picture.with(
          (x, y, c) -> {
            double grating = Math.cos(2 * Math.PI * x / period);
            double turned =
                Math.cos(2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle)) / period);
            return picture.at(x, y, c) * (1 + amount * grating * turned);
          });
    };
  }

  /** Darkens every second line, as a screen with scan lines. */
  static Effect scanLines(double period) {
    return (picture, face, _) -> {
      int rows = (int) Math.max(2, Math.round(period * face.unit()));
      return picture.with((x, y, c) -> picture.at(x, y, c) * (y % rows < rows / 2 ? 0.35 : 1.15));
    };
  }
}
