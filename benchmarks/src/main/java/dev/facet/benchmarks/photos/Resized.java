package dev.facet.benchmarks.photos;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Photos in other sizes.
 *
 * @param folder where they are kept
 */
public record Resized(Path folder) {

  /**
   * The photo with so many columns, made when it is not there yet.
   *
   * @throws IOException if it can't be read or written
   */
  public Path columns(Path photo, int width) throws IOException {
    Path file = folder.resolve(width + "-" + photo.getFileName());
    if (!Files.exists(file)) {
      BufferedImage image = ImageIO.read(photo.toFile());
      int height =
          Math.toIntExact(Math.round((double) image.getHeight() * width / image.getWidth()));
      Jpeg.write(scaled(image, width, height), file);
    }
    return file;
  }

  /**
   * The photo with about so many million pixels.
   *
   * @throws IOException if it can't be read or written
   */
  public Path megapixels(Path photo, int millions) throws IOException {
    BufferedImage image = ImageIO.read(photo.toFile());
    double shape = (double) image.getWidth() / image.getHeight();
    return columns(photo, Math.toIntExact(Math.round(Math.sqrt(millions * 1e6 * shape))));
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = result.createGraphics();
    // the smooth scaler averages areas where it shrinks, so that nothing is jagged
    canvas.drawImage(image.getScaledInstance(width, height, Image.SCALE_SMOOTH), 0, 0, null);
    canvas.dispose();
    return result;
  }
}
