package dev.facet.benchmarks.photos;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A cache of resized photos.
 *
 * @param folder the folder of the resized photos
 */
public record Resized(Path folder) {

  /**
   * Returns the photo resized to a number of columns; creates the file if necessary.
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
   * Returns the photo resized to about the given number of million pixels.
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
    // the smooth scaler averages areas when it shrinks, which avoids aliasing
    canvas.drawImage(image.getScaledInstance(width, height, Image.SCALE_SMOOTH), 0, 0, null);
    canvas.dispose();
    return result;
  }
}
