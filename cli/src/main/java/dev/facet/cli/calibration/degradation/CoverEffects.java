package dev.facet.cli.calibration.degradation;

import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;

import dev.facet.core.faces.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Effects that draw something over the face. Coordinates are those of {@link FacePlace}. */
final class CoverEffects {

  private static final Color LENS = new Color(20, 20, 24);
  private static final Color[] MASKS = {
    new Color(150, 195, 220), new Color(240, 240, 240), new Color(35, 35, 40)
  };
  private static final Color[] SKINS = {
    new Color(224, 178, 150), new Color(190, 135, 105), new Color(115, 75, 55)
  };
  private static final Color[] HAIR = {
    new Color(30, 22, 18), new Color(95, 65, 40), new Color(150, 120, 70)
  };

  private CoverEffects() {}

  static Effect spectacles() {
    return drawing(
        (canvas, face, _) -> {
          canvas.setColor(LENS);
          canvas.setStroke(new BasicStroke((float) (0.05 * face.unit())));
          for (double side : new double[] {-0.5, 0.5}) {
            canvas.draw(oval(face, side, 0.03, 0.38, 0.3));
          }
          canvas.draw(polygon(face, -0.12, 0, 0.12, 0));
          canvas.draw(polygon(face, -0.88, 0, -1.15, -0.1));
          canvas.draw(polygon(face, 0.88, 0, 1.15, -0.1));
        });
  }

  static Effect sunglasses() {
    return drawing(
        (canvas, face, _) -> {
          canvas.setColor(LENS);
          for (double side : new double[] {-0.5, 0.5}) {
            canvas.fill(oval(face, side, 0.05, 0.46, 0.36));
          }
          canvas.fill(polygon(face, -0.2, -0.12, 0.2, -0.12, 0.2, 0.02, -0.2, 0.02));
        });
  }

  /** Covers the face from the middle of the nose to the chin, in one of three colours. */
  static Effect surgicalMask() {
    return drawing(
        (canvas, face, random) -> {
          canvas.setColor(one(MASKS, random));
          canvas.fill(
              polygon(
                  face, -0.98, 0.45, -0.45, 0.5, 0, 0.35, 0.45, 0.5, 0.98, 0.45, 0.92, 1.1, 0.55,
                  1.75, 0, 1.95, -0.55, 1.75, -0.92, 1.1));
          canvas.setColor(new Color(0, 0, 0, 50));
          canvas.setStroke(new BasicStroke((float) (0.03 * face.unit())));
          for (double down : new double[] {0.8, 1.1, 1.4}) {
            canvas.draw(polygon(face, -0.85, down, 0.85, down));
          }
        });
  }

  /** Covers mouth and chin by a scarf with a pattern, up to a line below the eyes. */
  static Effect scarf(double from) {
    return drawing(
        (canvas, face, random) -> {
          canvas.setColor(new Color(random.nextInt(0x1000000)));
          canvas.fill(polygon(face, -1.4, from + 0.1, 0, from, 1.4, from + 0.1, 1.6, 3, -1.6, 3));
          canvas.setColor(new Color(random.nextInt(0x1000000)));
          canvas.setStroke(new BasicStroke((float) (0.12 * face.unit())));
          for (double down = from + 0.3; down < 3; down += 0.35) {
            canvas.draw(polygon(face, -1.5, down + 0.1, 0, down, 1.5, down + 0.1));
          }
        });
  }

  static Effect barOverEyes() {
    return drawing(
        (canvas, face, _) -> {
          canvas.setColor(Color.BLACK);
          canvas.fill(polygon(face, -1.2, -0.28, 1.2, -0.28, 1.2, 0.28, -1.2, 0.28));
        });
  }

  /** Covers one half of the face by a uniform area, such as the edge of a door. */
  static Effect halfHidden() {
    return drawing(
        (canvas, face, random) -> {
          double side = random.nextBoolean() ? 4 : -4;
          canvas.setColor(random.nextBoolean() ? Color.BLACK : new Color(120, 110, 100));
          canvas.fill(polygon(face, 0, -3, side, -3, side, 4, 0, 4));
        });
  }

  /** Covers the mouth, and more at a greater size, by a hand. */
  static Effect hand(double size) {
    return drawing(
        (canvas, face, random) -> {
          Color skin = one(SKINS, random);
          double turn = random.nextDouble(-0.5, 0.5);
          AffineTransform upright = canvas.getTransform();
          Point mouth = face.point(0, 1.1);
          canvas.rotate(turn, mouth.x(), mouth.y());
          for (int finger = 0; finger < 4; finger++) {
            double down = 1.1 + size * (0.36 * finger - 0.54);
            canvas.setColor(skin);
            canvas.fill(oval(face, 0.15 * (finger % 2), down, 0.95 * size, 0.2 * size));
            canvas.setColor(skin.darker());
            canvas.setStroke(new BasicStroke((float) (0.025 * face.unit())));
            canvas.draw(oval(face, 0.15 * (finger % 2), down, 0.95 * size, 0.2 * size));
          }
          canvas.setTransform(upright);
        });
  }

  /** Covers the forehead down to a line near the eyes by hair. */
  static Effect fringe(double down) {
    return drawing(
        (canvas, face, random) -> {
          Color hair = one(HAIR, random);
          canvas.setColor(hair);
          canvas.fill(
              polygon(
                  face,
                  -1.3,
                  0.2,
                  -1.1,
                  down,
                  -0.4,
                  down - 0.1,
                  0.1,
                  down + 0.1,
                  0.7,
                  down,
                  1.1,
                  down - 0.1,
                  1.3,
                  0.2,
                  1.4,
                  -1.6,
                  0,
                  -2,
                  -1.4,
                  -1.6));
          canvas.setStroke(new BasicStroke((float) (0.03 * face.unit())));
          for (int strand = 0; strand < 40; strand++) {
            canvas.setColor(strand % 2 == 0 ? hair.brighter() : hair.darker());
            double across = random.nextDouble(-1.2, 1.2);
            canvas.draw(polygon(face, across * 0.8, -1.6, across, down - random.nextDouble(0.25)));
          }
        });
  }

  /** Covers the head to the brows by a hat that casts a shadow on the eyes. */
  static Effect hat() {
    return drawing(
        (canvas, face, random) -> {
          canvas.setColor(new Color(0, 0, 0, 110));
          canvas.fill(polygon(face, -1.3, -0.4, 1.3, -0.4, 1.2, 0.35, -1.2, 0.35));
          canvas.setColor(new Color(random.nextInt(0x1000000)));
          canvas.fill(
              polygon(
                  face, -1.7, -0.35, 0, -0.25, 1.7, -0.35, 1.2, -0.7, 1.1, -2, -1.1, -2, -1.2,
                  -0.7));
        });
  }

  /** Covers a share of the face by rectangles of random colours and places. */
  static Effect patches(int count) {
    return drawing(
        (canvas, face, random) -> {
          for (int i = 0; i < count; i++) {
            double x = random.nextDouble(-1, 0.6);
            double y = random.nextDouble(-0.7, 1.4);
            double width = random.nextDouble(0.25, 0.6);
            double height = random.nextDouble(0.25, 0.6);
            canvas.setColor(new Color(random.nextInt(0x1000000)));
            canvas.fill(polygon(face, x, y, x + width, y, x + width, y + height, x, y + height));
          }
        });
  }

  /** Draws bright scratches and folds across the photo. */
  static Effect scratches(int count) {
    return drawing(
        (canvas, face, random) -> {
          for (int i = 0; i < count; i++) {
            canvas.setColor(new Color(235, 235, 225, random.nextInt(140, 256)));
            canvas.setStroke(
                new BasicStroke((float) (random.nextDouble(0.02, 0.07) * face.unit())));
            Point from = face.point(random.nextDouble(-1.5, 1.5), -1.5);
            Point bend = face.point(random.nextDouble(-1.5, 1.5), random.nextDouble(-1, 1.5));
            Point to = face.point(random.nextDouble(-1.5, 1.5), 2.5);
            canvas.draw(
                new QuadCurve2D.Double(from.x(), from.y(), bend.x(), bend.y(), to.x(), to.y()));
          }
        });
  }

  /** Draws a grid of wires before the face. */
  static Effect fence(double gap) {
    return drawing(
        (canvas, face, _) -> {
          canvas.setColor(new Color(90, 90, 95));
          canvas.setStroke(new BasicStroke((float) (0.08 * face.unit())));
          for (double at = -6; at < 6; at += gap) {
            canvas.draw(polygon(face, at - 3, -3, at + 3, 3));
            canvas.draw(polygon(face, at + 3, -3, at - 3, 3));
          }
        });
  }

  /** Writes lines of text across the face. */
  static Effect text(int lines) {
    return (picture, face, _) ->
        picture.filtered(
            (from, to) -> {
              from.copyTo(to);
              double scale = face.unit() / 45;
              for (int i = 0; i < lines; i++) {
                Point start = face.point(-1.6, -0.6 + 2.4 * i / lines);
                try (org.bytedeco.opencv.opencv_core.Point origin =
                        new org.bytedeco.opencv.opencv_core.Point(
                            (int) start.x(), (int) start.y());
                    Scalar white = new Scalar(255, 255, 255, 0)) {
                  putText(
                      to,
                      "SPECIMEN COPY",
                      origin,
                      FONT_HERSHEY_SIMPLEX,
                      scale,
                      white,
                      (int) Math.max(1, Math.round(3 * scale)),
                      LINE_AA,
                      false);
                }
              }
            });
  }

  /** A drawing that depends on the place of the face. */
  private interface Drawing {
    void on(Graphics2D canvas, FacePlace face, RandomGenerator random);
  }

  private static Effect drawing(Drawing drawing) {
    return (picture, face, random) -> picture.drawn(canvas -> drawing.on(canvas, face, random));
  }

  private static Shape polygon(FacePlace face, double... coordinates) {
    if (coordinates.length == 4) {
      Point from = face.point(coordinates[0], coordinates[1]);
      Point to = face.point(coordinates[2], coordinates[3]);
      return new Line2D.Double(from.x(), from.y(), to.x(), to.y());
    }
    Path2D path = new Path2D.Double();
    for (int i = 0; i < coordinates.length; i += 2) {
      Point point = face.point(coordinates[i], coordinates[i + 1]);
      if (i == 0) {
        path.moveTo(point.x(), point.y());
      } else {
        path.lineTo(point.x(), point.y());
      }
    }
    path.closePath();
    return path;
  }

  private static Shape oval(
      FacePlace face, double across, double down, double halfWidth, double halfHeight) {
    Point centre = face.point(across, down);
    Point right = face.point(across + 1, down);
    AffineTransform place = AffineTransform.getTranslateInstance(centre.x(), centre.y());
    place.rotate(right.x() - centre.x(), right.y() - centre.y());
    place.scale(face.unit(), face.unit());
    return place.createTransformedShape(
        new Ellipse2D.Double(-halfWidth, -halfHeight, 2 * halfWidth, 2 * halfHeight));
  }

  private static Color one(Color[] colours, RandomGenerator random) {
    return colours[random.nextInt(colours.length)];
  }
}
