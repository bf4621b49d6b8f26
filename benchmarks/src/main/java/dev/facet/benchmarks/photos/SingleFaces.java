package dev.facet.benchmarks.photos;

import dev.facet.benchmarks.peers.Area;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The sample photos with all faces except the largest painted over: photos of camera size that are
 * valid probes.
 *
 * @param folder the folder of the generated photos
 */
public record SingleFaces(Path folder) {

  /**
   * Returns a sample with one face left; creates the file if necessary.
   *
   * @param number the sample's number, from 1
   * @throws IOException if it can't be read or written
   */
  public Path of(Path sample, int number) throws IOException {
    Path file = folder.resolve("single-" + sample.getFileName());
    if (!Files.exists(file)) {
      List<Area> faces = SampleFaces.read().areas().getOrDefault(number, List.of());
      BufferedImage image = ImageIO.read(sample.toFile());
      Graphics2D canvas = image.createGraphics();
      canvas.setColor(Color.DARK_GRAY);
      faces.stream()
          .sorted(Comparator.comparingDouble(face -> -face.width() * face.height()))
          .skip(1)
          .forEach(face -> cover(canvas, face));
      canvas.dispose();
      Jpeg.write(image, file);
    }
    return file;
  }

  private static void cover(Graphics2D canvas, Area face) {
    int margin = (int) (face.height() / 2);
    canvas.fillRect(
        (int) face.left() - margin,
        (int) face.top() - margin,
        (int) face.width() + 2 * margin,
        (int) face.height() + 2 * margin);
  }
}
