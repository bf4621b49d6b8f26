package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.facet.core.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Assumptions;

/** Photos for tests: six that an npm package brings along, a hundred where the test data is. */
final class Photos {

  /** How many faces each of the six photos shows. */
  static final List<Integer> FACES = List.of(3, 3, 3, 4, 5, 4);

  private static final Path ROOT = Path.of(System.getProperty("facet.root"));

  private Photos() {}

  /** The bundle that the build makes; the one of the better embedder, if there are several. */
  static Path bundle() {
    return Stream.of("bundles/sface-128-v1", "bundles/faceplugin-512-v1", "bundle/default")
        .map(ROOT.resolve("models/target")::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }

  /** The same bundle; tests of what the gate does are skipped where its manifest has none. */
  static Bundle measuringBundle() {
    Bundle bundle = Bundle.open(bundle());
    Assumptions.assumeTrue(
        bundle.manifest().measurability() != null, "skipped: the bundle has no gate");
    return bundle;
  }

  /** One of the six photos, 1920 pixels wide. */
  static Mat sample(int number) {
    return read(
        ROOT.resolve("models/node_modules/@vladmandic/face-api/demo/sample" + number + ".jpg"));
  }

  /** The test data's photos, one folder a person; the test is skipped where they are not. */
  static List<Path> people() throws IOException {
    Path folder = Path.of(System.getProperty("facet.testdata"), "photos", "lfw10");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "skipped: no photos in facet.testdata (photos/lfw10)");
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  static Mat read(Path file) {
    Mat pixels = imread(file.toString());
    assertThat(pixels.empty()).as(file.toString()).isFalse();
    return pixels;
  }

  static Mat wide(Mat pixels, int width) {
    Mat scaled = new Mat();
    int height = Math.round((float) pixels.rows() * width / pixels.cols());
    resize(
        pixels,
        scaled,
        new Size(width, height),
        0,
        0,
        width < pixels.cols() ? INTER_AREA : INTER_CUBIC);
    return scaled;
  }

  static byte[] jpeg(Mat pixels) {
    BytePointer encoded = new BytePointer();
    imencode(".jpg", pixels, encoded, new IntPointer(IMWRITE_JPEG_QUALITY, 95));
    byte[] bytes = new byte[(int) encoded.limit()];
    encoded.get(bytes);
    return bytes;
  }

  /** By OpenCV's encoder of a format, named by its suffix. */
  static byte[] encoded(String suffix, Mat pixels) {
    BytePointer encoded = new BytePointer();
    imencode(suffix, pixels, encoded);
    byte[] bytes = new byte[(int) encoded.limit()];
    encoded.get(bytes);
    return bytes;
  }
}
