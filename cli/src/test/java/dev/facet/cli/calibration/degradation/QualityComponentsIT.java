package dev.facet.cli.calibration.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.retry.Deadline;
import dev.facet.vision.TorchFaceExtractor;
import dev.facet.vision.TorchFaceExtractor.Settings;
import dev.facet.vision.images.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each component of the quality that extract returns tells spoilt photos from clean ones. */
class QualityComponentsIT {

  private static final int STEP = 4;

  private static TorchFaceExtractor extractor;
  private static final List<FacePhoto> PHOTOS = new ArrayList<>();
  private static final List<Map<String, Double>> CLEAN = new ArrayList<>();

  @BeforeAll
  static void load() throws IOException {
    Path folder = Path.of(System.getProperty("facet.testdata"), "photos", "lfw10");
    Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: no photos in facet.testdata");
    Path target = Path.of(System.getProperty("facet.root"), "models", "target");
    Path bundle =
        Stream.of("bundles/sface-128-v1", "bundle/default")
            .map(target::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow();
    extractor = new TorchFaceExtractor(Bundle.open(bundle), Settings.defaults());
    ImageDecoder decoder = new ImageDecoder(Settings.defaults().maxPixels());
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> photos = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
      for (int i = 1; i < photos.size(); i += STEP) {
        byte[] image = Files.readAllBytes(photos.get(i));
        FaceAttributes face = extractor.describe(image, 1).getFirst();
        FacePhoto photo =
            FacePhoto.decode(photos.get(i).getFileName().toString(), image, face, decoder);
        PHOTOS.add(photo);
        CLEAN.add(components(photo.bytes()).orElseThrow());
      }
    }
  }

  @AfterAll
  static void close() {
    if (extractor != null) {
      extractor.close();
    }
  }

  private static Optional<Map<String, Double>> components(byte[] image) {
    try {
      return Optional.ofNullable(
          extractor.describeWithComponents(image, 1, Deadline.NONE).getFirst().components());
    } catch (CallerFault.NoFace e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sharpness, defocus",
    "motionBlur, camera shake",
    "exposure, gamma",
    "contrast, haze",
    "size, small",
    "edgeCrop, half cut off",
    "edgeCrop, cut above"
  })
  void a_component_tells_spoilt_photos_from_clean_ones(String component, String kind) {
    List<Degradation> strengths =
        Degradations.all().stream().filter(each -> each.kind().equals(kind)).toList();
    assertThat(strengths).isNotEmpty();
    List<Double> spoilt =
        strengths.stream()
            .flatMap(degradation -> PHOTOS.stream().map(degradation::apply))
            .flatMap(image -> components(image).stream())
            .map(measured -> measured.get(component))
            .toList();
    List<Double> clean = CLEAN.stream().map(measured -> measured.get(component)).toList();

    assertThat(spoilt).hasSizeGreaterThan(PHOTOS.size() / 2);
    assertThat(areaUnderCurve(clean, spoilt)).isGreaterThanOrEqualTo(0.9);
  }

  /** The probability that a clean photo has a higher value than a spoilt one. */
  private static double areaUnderCurve(List<Double> clean, List<Double> spoilt) {
    double wins = 0;
    for (double high : clean) {
      for (double low : spoilt) {
        wins += high > low ? 1 : high == low ? 0.5 : 0;
      }
    }
    return wins / clean.size() / spoilt.size();
  }
}
