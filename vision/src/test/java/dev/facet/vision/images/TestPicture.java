package dev.facet.vision.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture that looks different from every side: 48 × 32 pixels, its quarters red and green above,
 * blue and yellow below.
 */
final class TestPicture {

  static final int WIDTH = 48;
  static final int HEIGHT = 32;

  private static final Color[] QUARTERS = {
    new Color(200, 30, 30), new Color(30, 180, 40), new Color(40, 40, 190), new Color(210, 200, 50)
  };

  private TestPicture() {}

  /** The picture, of a {@link BufferedImage} type. */
  static BufferedImage of(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < QUARTERS.length; i++) {
      graphics.setColor(QUARTERS[i]);
      graphics.fillRect(i % 2 * WIDTH / 2, i / 2 * HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
    }
    graphics.dispose();
    return image;
  }

  /** The same picture as the JDK stores it under an orientation that makes it upright again. */
  static BufferedImage stored(int orientation) {
    BufferedImage upright = of(BufferedImage.TYPE_INT_RGB);
    boolean turned = orientation >= 5;
    BufferedImage stored =
        new BufferedImage(
            turned ? HEIGHT : WIDTH, turned ? WIDTH : HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < stored.getHeight(); row++) {
      for (int column = 0; column < stored.getWidth(); column++) {
        int across = turned ? row : column;
        int down = turned ? column : row;
        // where the first row and the first column are seen: CIPA DC-008, 4.6.5
        int x = List.of(2, 3, 6, 7).contains(orientation) ? WIDTH - 1 - across : across;
        int y = List.of(3, 4, 7, 8).contains(orientation) ? HEIGHT - 1 - down : down;
        stored.setRGB(column, row, upright.getRGB(x, y));
      }
    }
    return stored;
  }

  /** Checks that a photo shows the picture, its colours changed as said, in any resolution. */
  static void assertShown(Photo photo, int tolerance, UnaryOperator<Color> change) {
    assertThat(photo.width()).isEqualTo(WIDTH);
    assertThat(photo.height()).isEqualTo(HEIGHT);
    Mat pixels = photo.pixels();
    for (int i = 0; i < QUARTERS.length; i++) {
      int x = (1 + 2 * (i % 2)) * pixels.cols() / 4;
      int y = (1 + i / 2 * 2) * pixels.rows() / 4;
      Color expected = change.apply(QUARTERS[i]);
      Color found = colour(pixels, x, y);
      assertThat(distance(found, expected))
          .as("quarter %d is %s, not %s", i, found, expected)
          .isLessThanOrEqualTo(tolerance);
    }
  }

  private static Color colour(Mat pixels, int x, int y) {
    byte[] bgr = new byte[3];
    pixels.ptr(y, x).get(bgr);
    return new Color(bgr[2] & 0xFF, bgr[1] & 0xFF, bgr[0] & 0xFF);
  }

  private static int distance(Color one, Color other) {
    return Math.max(
        Math.abs(one.getRed() - other.getRed()),
        Math.max(
            Math.abs(one.getGreen() - other.getGreen()),
            Math.abs(one.getBlue() - other.getBlue())));
  }
}
