package dev.facet.cli.calibration.degradation;

import dev.facet.core.faces.Point;

/** Effects that move pixels: turns, distortions and cuts. */
final class TurnEffects {

  private TurnEffects() {}

  /** Turns the whole photo clockwise by quarters. */
  static Effect turned(int quarters) {
    return (picture, _, _) -> {
      Picture turned = picture;
      for (int i = 0; i < quarters; i++) {
        Picture before = turned;
        turned =
            Picture.computed(
                /* width= */ before.height(),
                /* height= */ before.width(),
                (x, y, channel) -> before.at(y, before.height() - 1 - x, channel));
      }
      return turned;
    };
  }

  /** Tilts the photo about the middle of the face, to one side or the other. */
  static Effect tilted(double degrees) {
    return (picture, face, random) -> {
      double angle = Math.toRadians(random.nextBoolean() ? degrees : -degrees);
      Point centre = face.centre();
      return picture.warped(
          picture.width(),
          picture.height(),
          (x, y) -> {
            double dx = x - centre.x();
            double dy = y - centre.y();
            return new double[] {
              centre.x() + Math.cos(angle) * dx - Math.sin(angle) * dy,
              centre.y() + Math.sin(angle) * dx + Math.cos(angle) * dy
            };
          });
    };
  }

  /** Changes width and height by factors, without keeping the proportions. */
  static Effect squeezed(double width, double height) {
    return (picture, _, _) ->
        ScaleEffects.resized(
            picture,
            (int) Math.round(picture.width() * width),
            (int) Math.round(picture.height() * height));
  }

  /** Shifts each row in proportion to its distance from the face, as a rolling shutter does. */
  static Effect sheared(double slope) {
    return (picture, face, random) -> {
      double signed = random.nextBoolean() ? slope : -slope;
      double middle = face.centre().y();
      return picture.warped(
          picture.width(), picture.height(), (x, y) -> new double[] {x + signed * (y - middle), y});
    };
  }

  /** Magnifies the middle of the face and compresses its edges, as a wide lens near by does. */
  static Effect bulged(double amount) {
    return (picture, face, _) -> {
      Point centre = face.centre();
      double reach = 3 * face.unit();
      return picture.warped(
          picture.width(),
          picture.height(),
          (x, y) -> {
            double dx = x - centre.x();
            double dy = y - centre.y();
            double radius = Math.min(1, Math.hypot(dx, dy) / reach);
            double factor = Math.pow(radius, amount);
            return new double[] {centre.x() + dx * factor, centre.y() + dy * factor};
          });
    };
  }

  /** Narrows the photo towards the top or the bottom, as a view from above or below. */
  static Effect keystoned(double amount) {
    return (picture, face, random) -> {
      double signed = random.nextBoolean() ? amount : -amount;
      Point centre = face.centre();
      double unit = face.unit();
      return picture.warped(
          picture.width(),
          picture.height(),
          (x, y) -> {
            double down = Math.clamp((y - centre.y()) / unit, -2, 2);
            double factor = 1 + signed * down;
            return new double[] {centre.x() + (x - centre.x()) * factor, y};
          });
    };
  }

  /** Ripples the photo sideways, as glass or water does. */
  static Effect rippled(double amplitude) {
    return (picture, face, random) -> {
      double unit = face.unit();
      double phase = random.nextDouble(2 * Math.PI);
      return picture.warped(
          picture.width(),
          picture.height(),
          (x, y) ->
              new double[] {
                x + amplitude * unit * Math.sin(2 * Math.PI * y / (0.5 * unit) + phase),
                y + amplitude * unit * Math.sin(2 * Math.PI * x / (0.6 * unit) + phase)
              });
    };
  }

  /** Cuts the photo so that one half of the face lies outside. */
  static Effect halfCutOff() {
    return (picture, face, random) -> {
      int middle = (int) Math.round(face.centre().x());
      return random.nextBoolean()
          ? picture.part(middle, 0, picture.width(), picture.height())
          : picture.part(0, 0, middle, picture.height());
    };
  }

  /** Cuts the photo above or below a line of the face. */
  static Effect cutBelow(double down) {
    return (picture, face, _) ->
        picture.part(0, 0, picture.width(), (int) Math.round(face.point(0, down).y()));
  }

  /** Cuts the photo above a line of the face. */
  static Effect cutAbove(double down) {
    return (picture, face, _) -> {
      int top = (int) Math.round(face.point(0, down).y());
      return picture.part(0, top, picture.width(), picture.height());
    };
  }
}
