package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.getRotationMatrix2D;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleException;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.Measurability.QualityPoint;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.models.TinyBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.util.DoubleComparator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default bundle on real photos. */
class TorchFaceExtractorIT {

  private static TorchFaceExtractor extractor;

  private static double usualNorm;

  /** Parts of the six photos, each with one face that fills half of it. */
  private static List<Mat> portraits;

  @BeforeAll
  static void load() {
    Bundle bundle = withFineQuality(Bundle.open(Photos.bundle()));
    extractor = new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults());
    usualNorm = bundle.manifest().embedding().usualNorm();
    portraits = faces(2).stream().filter(TorchFaceExtractorIT::isOneGoodFace).toList();
    assertThat(portraits).hasSizeGreaterThanOrEqualTo(12);
  }

  /** A quality that falls with any norm, where the bundle's own has few steps. */
  private static Bundle withFineQuality(Bundle bundle) {
    Measurability limits = bundle.manifest().measurability();
    if (limits == null) {
      return bundle;
    }
    double usual = bundle.manifest().embedding().usualNorm();
    Measurability fine =
        new Measurability(
            limits.fullWeightNorm(),
            limits.lookAgainNorm(),
            limits.minNorm(),
            limits.minDirectionalSharpness(),
            List.of(new QualityPoint(0, 0), new QualityPoint(1.3 * usual, 1)));
    return new Bundle(bundle.folder(), Manifests.with(bundle.manifest(), fine));
  }

  private static boolean isOneGoodFace(Mat photo) {
    try {
      return extractor.single(Photos.jpeg(photo)).template().norm() > 0.75 * usualNorm;
    } catch (MultipleFaces | NoFace e) {
      return false;
    }
  }

  @AfterAll
  static void close() {
    extractor.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 480, 960, 1920, 3840})
  void all_faces_of_the_six_photos_are_found_and_no_other(int width) {
    for (int photo = 1; photo <= 6; photo++) {
      byte[] image = Photos.jpeg(Photos.wide(Photos.sample(photo), width));

      assertThat(extractor.describe(image, 20))
          .as("sample%d at %d pixels", photo, width)
          .hasSize(Photos.FACES.get(photo - 1));
    }
  }

  /** Too small for the glance at the whole, as large as they have to be for the scale after it. */
  @ParameterizedTest
  @CsvSource({"1920, 1440, 152", "4000, 3000, 96"})
  void small_faces_are_found_and_nothing_else(int width, int height, int side) {
    Wall wall = wallOfFaces(width, height, side);

    List<FaceAttributes> found = extractor.describe(wall.picture(), 50);

    assertThat(found).hasSizeBetween(19, 20);
    assertThat(found)
        .allMatch(
            face -> wall.portraits().stream().anyMatch(box -> centreWithin(face.faceArea(), box)));
  }

  /** Twenty faces, each half as high as the crop that it is in. */
  private static Wall wallOfFaces(int width, int height, int side) {
    Mat picture = new Mat(height, width, CV_8UC3, new Scalar(120, 110, 90, 0));
    List<Box> pasted = new ArrayList<>();
    List<Mat> faces = faces(2);
    for (int i = 0; i < 20; i++) {
      Mat face = new Mat();
      resize(faces.get(i), face, new Size(side, side), 0, 0, INTER_AREA);
      int x = (150 + i % 5 * 760 + 31 * i % 200) * width / 4000;
      int y = (150 + i / 5 * 700 + 53 * i % 200) * height / 3000;
      face.copyTo(new Mat(picture, new Rect(x, y, side, side)));
      pasted.add(new Box(x, y, x + side, y + side));
    }
    return new Wall(Photos.jpeg(picture), pasted);
  }

  /** Such as a customer's own may be. */
  @ParameterizedTest
  @CsvSource({"1920, 1440, 152", "4000, 3000, 96"})
  void a_bundle_whose_detector_has_no_parts_finds_the_same_faces(int width, int height, int side) {
    byte[] image = wallOfFaces(width, height, side).picture();
    Bundle bundle = Bundle.open(Photos.bundle());
    BundleManifest m = bundle.manifest();
    BundleManifest.Detector d = m.detector();
    BundleManifest without =
        new BundleManifest(
            m.schema(),
            m.id(),
            m.version(),
            new BundleManifest.Detector(d.net(), d.anchors(), List.of(), d.score(), d.overlap()),
            m.landmarks(),
            m.pose(),
            m.embedding(),
            m.calibration(),
            m.measurability());

    List<FaceAttributes> found;
    try (TorchFaceExtractor plain =
        new TorchFaceExtractor(
            new Bundle(bundle.folder(), without), TorchFaceExtractor.Settings.defaults())) {
      found = plain.describe(image, 20);
    }

    assertThat(found).hasSizeBetween(19, 20);
    List<Box> usual = extractor.describe(image, 20).stream().map(FaceAttributes::faceArea).toList();
    assertThat(found.stream().map(FaceAttributes::faceArea))
        .hasSameSizeAs(usual)
        .allMatch(face -> usual.stream().anyMatch(box -> centreWithin(face, box)));
  }

  /** Lengths that no reduction divides. */
  @ParameterizedTest
  @CsvSource({
    "png, 4799, 301",
    "png, 301, 4801",
    "webp, 5473, 700",
    "bmp, 4801, 300",
    "jpg, 9603, 301"
  })
  void the_face_of_a_large_picture_of_odd_length_is_found(String format, int width, int height) {
    Mat picture = new Mat(height, width, CV_8UC3, new Scalar(120, 110, 90, 0));
    Mat face = new Mat();
    resize(portraits.getFirst(), face, new Size(280, 280), 0, 0, INTER_AREA);
    face.copyTo(new Mat(picture, new Rect((width - 280) / 2, (height - 280) / 2, 280, 280)));

    assertThat(extractor.describe(Photos.encoded("." + format, picture), 20)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "png, 30000, 1",
    "png, 1, 30000",
    "jpg, 30000, 1",
    "jpg, 1, 30000",
    "webp, 16383, 2",
    "bmp, 3, 9601"
  })
  void a_line_of_pixels_shows_no_face(String format, int width, int height) {
    Mat line = new Mat(height, width, CV_8UC3, new Scalar(120, 110, 90, 0));

    assertThatThrownBy(() -> extractor.describe(Photos.encoded("." + format, line), 20))
        .isInstanceOf(NoFace.class);
  }

  /** Large photos are decoded at a part of their resolution, which would be too little here. */
  @Test
  void a_small_face_in_a_large_photo_is_seen_in_full_resolution() {
    List<Double> likeness = new ArrayList<>();
    for (Mat portrait : portraits.subList(0, 6)) {
      Mat small = new Mat();
      resize(portrait, small, new Size(120, 120), 0, 0, INTER_AREA);
      Mat picture = new Mat(3200, 4800, CV_8UC3, new Scalar(120, 110, 90, 0));
      small.copyTo(new Mat(picture, new Rect(2200, 1500, 120, 120)));

      likeness.add(
          cosine(
              extractor.single(Photos.jpeg(picture)).template(),
              extractor.single(Photos.jpeg(portrait)).template()));
    }

    // of half as many pixels none is above 0.8
    assertThat(likeness.stream().filter(cosine -> cosine > 0.9)).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void a_wall_of_portraits_is_not_one_face_though_at_a_glance_it_looks_like_one() throws Exception {
    Wall wall = wall(60);

    List<FaceAttributes> found = extractor.describe(wall.picture(), 50);

    assertThat(found).allMatch(face -> face.faceArea().height() < 110);
    assertThat(wall.portraits())
        .allMatch(box -> found.stream().anyMatch(face -> centreWithin(face.faceArea(), box)));
  }

  @Test
  void a_wall_of_portraits_is_not_taken_for_the_one_face_that_was_asked_for() throws Exception {
    byte[] picture = wall(74).picture();

    assertThatThrownBy(() -> extractor.single(picture)).isInstanceOf(MultipleFaces.class);
  }

  /** A large picture of small faces. */
  private record Wall(byte[] picture, List<Box> portraits) {}

  private static Wall wall(long seed) throws IOException {
    List<Path> people = Photos.people();
    Random chance = new Random(seed);
    Scalar colour =
        new Scalar(
            90.0 + chance.nextInt(60), 90.0 + chance.nextInt(60), 90.0 + chance.nextInt(60), 0);
    Mat picture = new Mat(3000, 4000, CV_8UC3, colour);
    List<Box> pasted = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Mat portrait = new Mat();
      Mat photo = Photos.read(people.get(chance.nextInt(people.size())));
      resize(photo, portrait, new Size(110, 110), 0, 0, INTER_AREA);
      int x = i % 5 * 800 + chance.nextInt(690);
      int y = i / 5 * 750 + chance.nextInt(640);
      portrait.copyTo(new Mat(picture, new Rect(x, y, 110, 110)));
      pasted.add(new Box(x, y, x + 110, y + 110));
    }
    return new Wall(Photos.jpeg(picture), pasted);
  }

  @Test
  void faces_come_largest_first_and_no_more_than_asked_for() {
    byte[] image = Photos.jpeg(Photos.sample(5));

    List<FaceAttributes> all = extractor.describe(image, 20);
    assertThat(all)
        .isSortedAccordingTo((a, b) -> Integer.compare(area(b.faceArea()), area(a.faceArea())));
    // networks round differently for two faces at once than for five
    assertThat(extractor.describe(image, 2))
        .usingRecursiveComparison()
        .withComparatorForType(new DoubleComparator(1e-4), Double.class)
        .isEqualTo(all.subList(0, 2));
  }

  @Test
  void several_people_are_told_where_one_is_asked_for() {
    byte[] image = Photos.jpeg(Photos.sample(1));

    assertThatThrownBy(() -> extractor.single(image)).isInstanceOf(MultipleFaces.class);
  }

  @Test
  void a_large_face_in_a_large_picture_is_the_same_face_and_the_only_one() throws IOException {
    List<Path> people = Photos.people();
    for (int i = 1; i < people.size(); i += 10) {
      Mat photo = Photos.read(people.get(i));
      byte[] large = Photos.jpeg(Photos.wide(photo, 1200));

      Template found = extractor.single(large).template();
      Template small = extractor.single(Photos.jpeg(photo)).template();

      assertThat(cosine(found, small)).as("%s", people.get(i).getFileName()).isGreaterThan(0.9);
    }
  }

  @Test
  void a_face_that_fills_the_picture_is_found() {
    List<Mat> faces = faces(1.2);
    long found = faces.stream().filter(face -> !isNoFace(Photos.jpeg(face))).count();

    assertThat(found).isGreaterThanOrEqualTo(20);
  }

  private static boolean isNoFace(byte[] image) {
    try {
      extractor.describe(image, 1);
      return false;
    } catch (NoFace e) {
      return true;
    }
  }

  @Test
  void a_picture_without_faces_is_told() {
    byte[] empty = Photos.jpeg(new Mat(480, 640, CV_8UC3, new Scalar(90, 120, 60, 0)));

    assertThatThrownBy(() -> extractor.single(empty)).isInstanceOf(NoFace.class);
    assertThatThrownBy(() -> extractor.describe(empty, 20)).isInstanceOf(NoFace.class);
  }

  @Test
  void a_picture_of_one_pixel_has_no_face() {
    byte[] pixel = Photos.jpeg(new Mat(1, 1, CV_8UC3, new Scalar(90, 120, 60, 0)));

    assertThatThrownBy(() -> extractor.single(pixel)).isInstanceOf(NoFace.class);
  }

  @Test
  void attributes_lie_where_they_should() {
    for (Mat portrait : portraits) {
      FaceAttributes face = largest(portrait);

      Box area = face.faceArea();
      Box head = face.headArea();
      assertThat(face.rightEye().x()).isLessThan(face.leftEye().x());
      assertThat(face.rightEye().y())
          .isBetween(area.top() + 0.0, area.top() + 0.65 * area.height());
      assertThat(head.left()).isLessThanOrEqualTo(area.left());
      assertThat(head.top()).isLessThan(area.top());
      assertThat(head.right()).isGreaterThanOrEqualTo(area.right());
      assertThat(head.bottom()).isGreaterThanOrEqualTo(area.bottom());
      assertThat(head.right()).isLessThanOrEqualTo(portrait.cols());
      assertThat(face.faceScore()).isBetween(0.7, 1.0);
      assertThat(face.frontalFaceScore()).isBetween(0.5, 1.0);
      assertThat(face.quality()).isBetween(0.45, 1.0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-25, -10, 10, 25})
  void roll_grows_by_the_angle_that_a_photo_is_turned_clockwise(double angle) {
    Mat portrait = portraits.getFirst();
    double before = largest(portrait).roll();
    Mat turned = new Mat();
    Point2f centre = new Point2f(portrait.cols() / 2f, portrait.rows() / 2f);
    warpAffine(portrait, turned, getRotationMatrix2D(centre, -angle, 1), portrait.size());

    double after = largest(turned).roll();

    assertThat(after - before).isCloseTo(angle, within(4.0));
  }

  /** The network is not symmetric itself: a portrait of many may be half turned in its own way. */
  @Test
  void a_mirrored_face_is_turned_the_other_way() {
    List<Double> sums = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    int turned = 0;
    for (Mat portrait : portraits) {
      Mat mirrored = new Mat();
      flip(portrait, mirrored, 1);
      FaceAttributes face = largest(portrait);
      FaceAttributes mirror = largest(mirrored);
      if (Math.abs(face.pan()) > 10) {
        turned++;
        if (Math.signum(mirror.pan()) != -Math.signum(face.pan())) {
          wrong.add("pan %.1f, mirrored %.1f".formatted(face.pan(), mirror.pan()));
        }
      }
      sums.add(Math.abs(face.pan() + mirror.pan()));
      sums.add(Math.abs(face.roll() + mirror.roll()));
    }
    assertThat(turned).isGreaterThanOrEqualTo(8);
    assertThat(wrong).hasSizeLessThanOrEqualTo(1);
    assertThat(sums.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .isLessThan(6);
  }

  @Test
  void quality_falls_when_a_photo_is_blurred() {
    assertFalls(
        "sharpness",
        IntStream.of(1, 2, 3),
        (photo, sigma) -> {
          Mat blurred = new Mat();
          GaussianBlur(photo, blurred, new Size(0, 0), sigma * photo.cols() / 250.0);
          return blurred;
        });
  }

  @Test
  void quality_falls_when_a_photo_is_darkened() {
    assertFalls(
        "exposure",
        IntStream.of(2, 3, 4),
        (photo, divisor) -> {
          Mat dark = new Mat();
          photo.convertTo(dark, -1, 1.0 / divisor, 0);
          return dark;
        });
  }

  @Test
  void quality_falls_when_a_photo_is_shrunk() {
    assertFalls("size", IntStream.of(160, 110, 70), Photos::wide);
  }

  @Test
  void quality_falls_when_a_photo_is_noised() {
    assertFalls(
        "",
        IntStream.of(15, 30),
        (photo, sigma) -> {
          Mat noised = photo.clone();
          ByteBuffer levels =
              noised.data().capacity(3L * photo.rows() * photo.cols()).asByteBuffer();
          Random random = new Random(1);
          for (int i = 0; i < levels.capacity(); i++) {
            double level = (levels.get(i) & 0xFF) + random.nextGaussian() * sigma;
            levels.put(i, (byte) Math.clamp(level, 0, 255));
          }
          return noised;
        });
  }

  @Test
  void quality_falls_when_a_face_is_turned() {
    Mat aligned = Photos.wide(portraits.getFirst(), Alignment.SIDE);
    BundleManifest manifest = Manifests.with(Bundle.open(Photos.bundle()).manifest(), null);
    FaceQuality weighted = new FaceQuality(manifest, true);
    double quality = 1;
    for (double angle : new double[] {5, 20, 40, 60}) {
      FaceQuality.Assessment turned =
          weighted.assess(aligned, 0.9 * manifest.embedding().usualNorm(), 120, angle, angle / 2);
      assertThat(turned.quality()).isLessThan(quality);
      quality = turned.quality();
      if (angle >= 60) {
        assertThat(turned.weakness()).isEqualTo("pose");
      }
    }
  }

  @Test
  void of_the_hundred_photos_all_mates_are_found_and_no_stranger_is_near() throws IOException {
    Map<String, Template> templates = new TreeMap<>();
    List<String> several = new ArrayList<>();
    List<Double> qualities = new ArrayList<>();
    for (Path photo : Photos.people()) {
      String name = photo.getFileName().toString().replace(".jpg", "");
      try {
        ExtractedFace face = extractor.single(Files.readAllBytes(photo));
        templates.put(name, face.template());
        qualities.add(face.attributes().quality());
      } catch (MultipleFaces e) {
        several.add(name);
      }
    }
    assertThat(several).containsExactly("Arnold_Schwarzenegger_0007", "Tony_Blair_0001");
    assertThat(qualities.stream().filter(quality -> quality >= 0.45).count())
        .isGreaterThanOrEqualTo(97);
    assertThat(rankOne(templates)).isGreaterThanOrEqualTo(87);
  }

  @Test
  void a_bundle_whose_networks_do_not_answer_as_it_says_is_refused(@TempDir Path folder)
      throws IOException {
    new TinyBundle(4).write(folder);
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"shape\" : [ 1, 4 ]", "\"shape\" : [ 1, 5 ]"));
    Bundle bundle = Bundle.open(folder);

    assertThatThrownBy(() -> new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("outputs hold [4] numbers, not [5]");
  }

  private static long rankOne(Map<String, Template> templates) {
    List<Map.Entry<String, Template>> gallery =
        templates.entrySet().stream().filter(entry -> entry.getKey().endsWith("_0002")).toList();
    return templates.entrySet().stream()
        .filter(probe -> !probe.getKey().endsWith("_0002"))
        .filter(probe -> person(nearest(probe.getValue(), gallery)).equals(person(probe.getKey())))
        .count();
  }

  private static String nearest(Template probe, List<Map.Entry<String, Template>> gallery) {
    return gallery.stream()
        .max(Comparator.comparingDouble(enrolled -> cosine(probe, enrolled.getValue())))
        .orElseThrow()
        .getKey();
  }

  private static String person(String photo) {
    return photo.substring(0, photo.length() - 5);
  }

  private static double cosine(Template a, Template b) {
    double dot = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += (double) a.vector()[i] * b.vector()[i];
    }
    return dot;
  }

  /** A way of making a photo worse, by degrees. */
  private interface Harm {
    Mat done(Mat photo, int degree);
  }

  private static FaceAttributes largest(Mat photo) {
    return extractor.describe(Photos.jpeg(photo), 1).getFirst();
  }

  private static String weaknessOf(Mat photo) {
    try {
      return extractor.single(Photos.jpeg(photo)).weakness();
    } catch (MultipleFaces e) {
      return "several";
    }
  }

  /** Noise is named by what it drowns, which differs. */
  private static void assertFalls(String weakness, IntStream degrees, Harm harm) {
    int[] steps = degrees.toArray();
    List<Mat> faces = portraits.subList(0, 4);
    int named = 0;
    double[] mean = new double[steps.length + 1];
    for (Mat photo : faces) {
      mean[0] += largest(photo).quality();
      for (int i = 0; i < steps.length; i++) {
        mean[i + 1] += largest(harm.done(photo, steps[i])).quality();
      }
      named += weaknessOf(harm.done(photo, steps[steps.length - 1])).equals(weakness) ? 1 : 0;
    }
    for (int i = 1; i < mean.length; i++) {
      assertThat(mean[i]).isLessThan(mean[i - 1]);
    }
    assertThat(named).isGreaterThanOrEqualTo(weakness.isEmpty() ? 0 : 2);
  }

  /**
   * Crops of all 22 faces.
   *
   * @param around how many faces high and wide each crop is
   */
  private static List<Mat> faces(double around) {
    List<Mat> crops = new ArrayList<>();
    for (int photo = 1; photo <= 6; photo++) {
      Mat sample = Photos.sample(photo);
      for (FaceAttributes face : extractor.describe(Photos.jpeg(sample), 20)) {
        crops.add(crop(sample, face.faceArea(), around));
      }
    }
    assertThat(crops).hasSize(22);
    return crops;
  }

  private static Mat crop(Mat sample, Box face, double around) {
    int side = (int) Math.min(around * Math.max(face.width(), face.height()), sample.rows());
    int x = Math.clamp((face.left() + face.right() - side) / 2, 0, sample.cols() - side);
    int y = Math.clamp((face.top() + face.bottom() - side) / 2, 0, sample.rows() - side);
    return new Mat(sample, new Rect(x, y, side, side)).clone();
  }

  private static int area(Box box) {
    return box.width() * box.height();
  }

  private static boolean centreWithin(Box face, Box other) {
    int x = (face.left() + face.right()) / 2;
    int y = (face.top() + face.bottom()) / 2;
    return x > other.left() && x < other.right() && y > other.top() && y < other.bottom();
  }
}
