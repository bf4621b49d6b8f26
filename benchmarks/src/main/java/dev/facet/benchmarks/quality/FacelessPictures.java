package dev.facet.benchmarks.quality;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Pictures without faces, from Python packages: animals, coins, textures, statues of games, icons,
 * playing cards, diagrams and screenshots.
 *
 * @param folder contains the packages as wheels
 */
record FacelessPictures(Path folder) {

  /** Longer side in pixels to which small pictures are enlarged. */
  private static final int SIDE = 640;

  /** Maximum number of pictures from one folder, which are similar. */
  private static final int MAX_OF_FOLDER = 20;

  private static final Pattern PICTURE =
      Pattern.compile(
          "skimage/data/.*|pygame/(docs|examples)/.*"
              + "|arcade/resources/(assets/images/(alien|backgrounds|cards|cybercity_background"
              + "|enemies|items|space_shooter|tiles|topdown_tanks|test_textures)|system)/.*");

  /** Pictures that do show people. */
  private static final Pattern PEOPLE =
      Pattern.compile(".*/(astronaut|camera)\\.png|.*/camera_[a-z]+\\.jpg|.*chimp.*");

  /**
   * A picture.
   *
   * @param name package file and path
   * @param image a PNG file
   */
  @SuppressWarnings("ArrayRecordComponent") // pictures are never compared
  record Picture(String name, byte[] image) {}

  /** Returns the pictures, in a fixed order; empty if the folder does not exist. */
  List<Picture> read() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Picture> pictures = new ArrayList<>();
    try (Stream<Path> wheels = Files.list(folder)) {
      for (Path wheel : wheels.filter(file -> file.toString().endsWith(".whl")).sorted().toList()) {
        pictures.addAll(read(wheel));
      }
    }
    return pictures;
  }

  private static List<Picture> read(Path wheel) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      String lastFolder = "";
      int ofFolder = 0;
      for (ZipEntry entry : zip.stream().sorted(FacelessPictures::byName).toList()) {
        String name = entry.getName();
        if (isPicture(name)) {
          String own = name.substring(0, name.lastIndexOf('/'));
          ofFolder = own.equals(lastFolder) ? ofFolder + 1 : 1;
          lastFolder = own;
          byte[] image = ofFolder <= MAX_OF_FOLDER ? enlarged(zip, entry) : null;
          if (image != null) {
            pictures.add(new Picture(wheel.getFileName() + " " + name, image));
          }
        }
      }
    }
    return pictures;
  }

  private static int byName(ZipEntry one, ZipEntry other) {
    return one.getName().compareTo(other.getName());
  }

  private static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return (lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".gif"))
        && PICTURE.matcher(name).matches()
        && !PEOPLE.matcher(name).matches();
  }

  private static byte @Nullable [] enlarged(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(in.readAllBytes()));
      if (image == null) {
        return null;
      }
      double scale = Math.max(1, SIDE / (double) Math.max(image.getWidth(), image.getHeight()));
      int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
      int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
      BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D canvas = large.createGraphics();
      canvas.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      canvas.drawImage(image, 0, 0, width, height, Color.WHITE, null);
      canvas.dispose();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageIO.write(large, "png", file);
      return file.toByteArray();
    }
  }
}
