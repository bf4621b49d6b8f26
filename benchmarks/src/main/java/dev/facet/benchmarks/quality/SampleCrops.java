package dev.facet.benchmarks.quality;

import dev.facet.benchmarks.peers.Area;
import dev.facet.benchmarks.photos.SampleFaces;
import dev.facet.cli.calibration.LabelledPhoto;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** The faces of the sample photos, each cut out with its surroundings. */
final class SampleCrops {

  /** Distance between a face and the crop's edge, as a share of the face's height. */
  private static final double MARGIN = 0.5;

  private SampleCrops() {}

  /** Returns the crops. Each counts as a person of its own, because they have no labels. */
  static List<LabelledPhoto> of(List<Path> samples) throws IOException {
    SampleFaces truth = SampleFaces.read();
    List<LabelledPhoto> crops = new ArrayList<>();
    for (int sample = 1; sample <= samples.size(); sample++) {
      BufferedImage image = ImageIO.read(samples.get(sample - 1).toFile());
      List<Area> faces = truth.areas().getOrDefault(sample, List.of());
      for (int face = 0; face < faces.size(); face++) {
        String name = "sample%d face %d".formatted(sample, face + 1);
        crops.add(new LabelledPhoto(name, name, crop(image, faces.get(face))));
      }
    }
    return crops;
  }

  private static byte[] crop(BufferedImage image, Area face) throws IOException {
    double margin = MARGIN * face.height();
    int left = (int) Math.max(0, face.left() - margin);
    int top = (int) Math.max(0, face.top() - margin);
    int right = (int) Math.min(image.getWidth(), face.right() + margin);
    int bottom = (int) Math.min(image.getHeight(), face.bottom() + margin);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image.getSubimage(left, top, right - left, bottom - top), "png", file);
    return file.toByteArray();
  }
}
