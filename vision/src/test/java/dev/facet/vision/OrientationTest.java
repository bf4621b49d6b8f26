package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import dev.facet.core.faces.Box;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.Point;
import dev.facet.vision.images.Photo;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrientationTest {

  private static final Box SPOT = new Box(10, 4, 13, 9);

  /** A black photo with one white spot, at half of its resolution. */
  private static Photo photo() {
    Mat pixels = new Mat(20, 30, CV_8UC1, new Scalar(0));
    new Mat(pixels, new Rect(SPOT.left(), SPOT.top(), SPOT.width(), SPOT.height()))
        .put(new Scalar(255));
    return new Photo(pixels, 60, 40);
  }

  /** The box of what is white, in pixels of the full image. */
  private static Box spot(Photo photo) {
    int left = photo.pixels().cols();
    int top = photo.pixels().rows();
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < photo.pixels().rows(); y++) {
      for (int x = 0; x < photo.pixels().cols(); x++) {
        if (photo.pixels().ptr(y, x).get() != 0) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    return new Box(2 * left, 2 * top, 2 * right, 2 * bottom);
  }

  private static FaceAttributes face(Box box, double roll) {
    Point upperLeft = new Point(box.left(), box.top());
    Point lowerRight = new Point(box.right(), box.bottom());
    return new FaceAttributes(box, box, upperLeft, lowerRight, 1, roll, 2, 3, 0.9, 0.8);
  }

  @ParameterizedTest
  @EnumSource(names = "AS_SENT", mode = EnumSource.Mode.EXCLUDE)
  void a_box_on_the_turned_photo_is_that_of_the_same_pixels_on_the_photo_as_sent(
      Orientation orientation) {
    Photo turned = orientation.turned(photo());

    FaceAttributes sent = orientation.asSent(face(spot(turned), 0), turned);

    assertThat(sent.faceArea()).isEqualTo(spot(photo()));
    assertThat(sent.headArea()).isEqualTo(spot(photo()));
  }

  @Test
  void eyes_turn_with_the_photo() {
    Photo turned = Orientation.CLOCKWISE.turned(photo());
    Box spot = spot(turned);

    FaceAttributes sent = Orientation.CLOCKWISE.asSent(face(spot, 0), turned);

    // what is above on the left once turned clockwise was below on the left
    Box before = spot(photo());
    assertThat(sent.rightEye()).isEqualTo(new Point(before.left(), before.bottom()));
    assertThat(sent.leftEye()).isEqualTo(new Point(before.right(), before.top()));
  }

  @ParameterizedTest
  @CsvSource({
    "CLOCKWISE, 0, -90",
    "CLOCKWISE, -100, 170",
    "COUNTERCLOCKWISE, 0, 90",
    "COUNTERCLOCKWISE, 100, -170",
    "UPSIDE_DOWN, 0, 180",
    "UPSIDE_DOWN, 20, -160",
    "UPSIDE_DOWN, -20, 160",
    "AS_SENT, 30, 30"
  })
  void roll_is_that_on_the_photo_as_sent(Orientation orientation, double roll, double expected) {
    assertThat(orientation.asSent(face(SPOT, roll), photo()).roll())
        .isCloseTo(expected, within(1e-9));
  }
}
