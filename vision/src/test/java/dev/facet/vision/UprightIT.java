package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.getRotationMatrix2D;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import dev.facet.core.faces.Box;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.gallery.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Photos that are not upright, and carry no tag that says so. */
class UprightIT {

  private static final int[] QUARTERS = {
    ROTATE_90_CLOCKWISE, ROTATE_180, ROTATE_90_COUNTERCLOCKWISE
  };

  private static TorchFaceExtractor extractor;

  /** A part of one of the six photos, with one face and its surroundings. */
  private static Mat portrait;

  @BeforeAll
  static void load() {
    extractor =
        new TorchFaceExtractor(Photos.measuringBundle(), TorchFaceExtractor.Settings.defaults());
    Mat sample = Photos.sample(1);
    Box face = extractor.describe(Photos.jpeg(sample), 1).getFirst().faceArea();
    int side = Math.min(2 * Math.max(face.width(), face.height()), sample.rows());
    int x = Math.clamp((face.left() + face.right() - side) / 2, 0, sample.cols() - side);
    int y = Math.clamp((face.top() + face.bottom() - side) / 2, 0, sample.rows() - side);
    portrait = new Mat(sample, new Rect(x, y, side, side)).clone();
  }

  @AfterAll
  static void close() {
    if (extractor != null) {
      extractor.close();
    }
  }

  private static Mat turned(Mat photo, int quarter) {
    Mat turned = new Mat();
    rotate(photo, turned, quarter);
    return turned;
  }

  /** Turns the portrait clockwise, in the middle of a grey picture that holds all of it. */
  private static Mat tilted(double degrees) {
    int side = (int) (portrait.cols() * 1.45);
    Mat wide = new Mat(side, side, CV_8UC3, new Scalar(127, 127, 127, 0));
    int margin = (side - portrait.cols()) / 2;
    portrait.copyTo(new Mat(wide, new Rect(margin, margin, portrait.cols(), portrait.rows())));
    Mat tilted = new Mat();
    warpAffine(
        wide,
        tilted,
        getRotationMatrix2D(new Point2f(side / 2f, side / 2f), -degrees, 1),
        wide.size(),
        INTER_LINEAR,
        BORDER_CONSTANT,
        new Scalar(127, 127, 127, 0));
    return tilted;
  }

  private static FaceAttributes seen(Mat photo) {
    return extractor.single(Photos.jpeg(photo)).attributes();
  }

  static IntStream every15Degrees() {
    return IntStream.iterate(-165, degrees -> degrees <= 180, degrees -> degrees + 15);
  }

  @ParameterizedTest
  @MethodSource("every15Degrees")
  void roll_is_right_at_any_angle(int degrees) {
    double upright = seen(tilted(0)).roll();

    double roll = seen(tilted(degrees)).roll();

    assertThat(roll).isBetween(-180.0, 180.0);
    double error = roll - upright - degrees;
    assertThat(error - 360 * Math.rint(error / 360)).isCloseTo(0, within(5.0));
  }

  @Test
  void boxes_and_eyes_are_those_of_the_photo_as_sent() {
    FaceAttributes upright = seen(portrait);

    FaceAttributes seen = seen(turned(portrait, ROTATE_90_CLOCKWISE));

    int height = portrait.rows();
    Box box = upright.faceArea();
    double near = 0.06 * box.height();
    assertThat((double) seen.faceArea().left()).isCloseTo(height - box.bottom(), within(near));
    assertThat((double) seen.faceArea().right()).isCloseTo(height - box.top(), within(near));
    assertThat((double) seen.faceArea().top()).isCloseTo(box.left(), within(near));
    assertThat((double) seen.faceArea().bottom()).isCloseTo(box.right(), within(near));
    assertThat(seen.rightEye().x()).isCloseTo(height - upright.rightEye().y(), within(near));
    assertThat(seen.rightEye().y()).isCloseTo(upright.rightEye().x(), within(near));
    assertThat(seen.leftEye().y()).isCloseTo(upright.leftEye().x(), within(near));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-30, -20, 20, 30, 90, 180})
  void pan_and_tilt_do_not_depend_on_the_roll(double degrees) {
    FaceAttributes upright = seen(tilted(0));

    FaceAttributes seen = seen(tilted(degrees));

    assertThat(seen.pan()).isCloseTo(upright.pan(), within(6.0));
    assertThat(seen.tilt()).isCloseTo(upright.tilt(), within(6.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void all_faces_of_a_group_are_found_upside_down(int sample) {
    Mat photo = Photos.wide(Photos.sample(sample), 960);

    List<FaceAttributes> faces = extractor.describe(Photos.jpeg(turned(photo, ROTATE_180)), 20);

    assertThat(faces).hasSize(Photos.FACES.get(sample - 1));
    assertThat(faces).allMatch(face -> Math.abs(face.roll()) > 135);
  }

  @Test
  void no_face_of_an_upright_group_is_turned() {
    for (int sample = 1; sample <= 6; sample++) {
      assertThat(extractor.describe(Photos.jpeg(Photos.sample(sample)), 20))
          .as("sample%d", sample)
          .allMatch(face -> Math.abs(face.roll()) < 45);
    }
  }

  @Test
  void mates_are_found_on_turned_photos_and_no_upright_photo_is_turned() throws IOException {
    List<Path> photos = Photos.people();
    Map<Path, Template> gallery = new HashMap<>();
    List<Path> notUpright = new ArrayList<>();
    for (Path photo : photos) {
      try {
        ExtractedFace face = extractor.single(Photos.jpeg(Photos.read(photo)));
        if (Math.abs(face.attributes().roll()) > 45) {
          notUpright.add(photo);
        }
        if (photo.toString().endsWith("_0002.jpg")) {
          gallery.put(photo, face.template());
        }
      } catch (MultipleFaces e) {
        // two of them show two people
      }
    }
    assertThat(notUpright).isEmpty();

    int probes = 0;
    int found = 0;
    for (int i = 0; i < photos.size(); i++) {
      Path photo = photos.get(i);
      try {
        Mat turned = turned(Photos.read(photo), QUARTERS[i % QUARTERS.length]);
        Template probe = extractor.single(Photos.jpeg(turned)).template();
        probes++;
        found += Objects.equals(nearest(gallery, probe).getParent(), photo.getParent()) ? 1 : 0;
      } catch (MultipleFaces e) {
        // the same two
      }
    }
    assertThat(probes).isGreaterThanOrEqualTo(photos.size() - 3);
    assertThat(found).isGreaterThanOrEqualTo((int) Math.ceil(0.97 * probes));
  }

  private static Path nearest(Map<Path, Template> gallery, Template probe) {
    return gallery.entrySet().stream()
        .max(Comparator.comparingDouble(enrolled -> cosine(enrolled.getValue(), probe)))
        .orElseThrow()
        .getKey();
  }

  private static double cosine(Template a, Template b) {
    double dot = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += (double) a.vector()[i] * b.vector()[i];
    }
    return dot;
  }
}
