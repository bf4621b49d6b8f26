package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.filter2D;
import static org.bytedeco.opencv.global.opencv_imgproc.line;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectionalSharpnessTest {

  @Test
  void a_picture_without_a_direction_is_about_equally_sharp_in_all() {
    assertThat(DirectionalSharpness.of(Textures.grey())).isGreaterThan(0.8);
  }

  @Test
  void blur_without_a_direction_does_not_matter() {
    Mat blurred = new Mat();
    GaussianBlur(Textures.grey(), blurred, new Size(0, 0), 2);

    assertThat(DirectionalSharpness.of(blurred)).isGreaterThan(0.75);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 22.5, 35, 45, 67.5, 90, 120, 135, 170})
  void motion_is_seen_in_whichever_direction(double degrees) {
    int length = 9;
    Mat path = new Mat(length, length, CV_32F, new Scalar(0));
    int x = (int) Math.round(4 * Math.cos(Math.toRadians(degrees)));
    int y = (int) Math.round(4 * Math.sin(Math.toRadians(degrees)));
    line(path, new Point(4 - x, 4 - y), new Point(4 + x, 4 + y), new Scalar(1.0 / length));
    Mat smeared = new Mat();
    filter2D(Textures.grey(), smeared, -1, path);

    assertThat(DirectionalSharpness.of(smeared)).isLessThan(0.5);
  }

  @Test
  void a_picture_without_structure_has_no_direction() {
    Mat flat = new Mat(Alignment.SIDE, Alignment.SIDE, CV_8UC1, new Scalar(90));

    assertThat(DirectionalSharpness.of(flat)).isEqualTo(1);
  }
}
