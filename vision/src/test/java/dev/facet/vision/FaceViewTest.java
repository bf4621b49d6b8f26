package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.Measurability.QualityPoint;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.Point;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.vision.FaceView.Found;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceViewTest {

  private static final Measurability LIMITS =
      new Measurability(11.0, 10.5, 10, 0.5, List.of(new QualityPoint(10, 0.5)));

  /** A face of a height and norm, whose upper left corner is at (x, 0). */
  private static Found found(int x, int height, double norm, double score) {
    Detection box = new Detection(x, 0, x + 0.8 * height, height, score);
    Box area = new Box(x, 0, (int) box.right(), height);
    Point right = new Point(x + 0.25 * height, 0.4 * height);
    Point left = new Point(x + 0.55 * height, 0.4 * height);
    FaceAttributes attributes = new FaceAttributes(area, area, right, left, 1, 0, 0, 0, score, 0.5);
    Template template = Template.measured("face", new float[] {(float) norm, 0});
    return new Found(box, new ExtractedFace(attributes, "size", norm >= 10, template));
  }

  private static FaceView view(Found... faces) {
    return new FaceView(List.of(faces), LIMITS);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 6.6, 0.9, 1",
    "100, 6.4, 0.9, 0",
    "100, 7.5, 0.7, 0",
    "100, 8.1, 0.7, 1",
    "12, 4.6, 0.9, 1",
    "12, 4.4, 0.9, 0",
    "24, 5.6, 0.9, 1",
    "24, 5.4, 0.9, 0"
  })
  void a_detection_is_a_face_if_its_norm_is_that_of_a_face_of_its_size(
      int height, double norm, double score, int expected) {
    assertThat(view(found(0, height, norm, score)).confirmed()).hasSize(expected);
  }

  @Test
  void two_detections_with_the_same_eyes_are_one_face() {
    Found better = found(3, 98, 12, 0.8);

    assertThat(view(found(0, 100, 11, 0.9), better).confirmed()).containsExactly(better.face());
  }

  @Test
  void one_face_beside_a_detection_that_is_none_is_the_only_one() {
    Found face = found(200, 90, 12, 0.9);

    assertThat(view(found(0, 100, 4, 0.9), face).prominent()).isEqualTo(face.face());
  }

  @Test
  void two_faces_of_about_one_size_are_several() {
    FaceView view = view(found(0, 100, 12, 0.9), found(200, 90, 9, 0.9));

    assertThatThrownBy(view::prominent).isInstanceOf(MultipleFaces.class);
  }

  @Test
  void a_smaller_face_is_not_prominent() {
    Found face = found(0, 100, 12, 0.9);

    assertThat(view(face, found(200, 70, 12, 0.9)).prominent()).isEqualTo(face.face());
  }

  @Test
  void where_nothing_is_a_face_the_caller_learns_about_the_best_detection() {
    Found best = found(200, 90, 5, 0.9);

    assertThat(view(found(0, 100, 4, 0.9), best).prominent()).isEqualTo(best.face());
    assertThat(view(found(0, 100, 4, 0.9), best).confirmed()).isEmpty();
  }

  @Test
  void an_empty_view_has_no_face() {
    assertThatThrownBy(() -> view().prominent()).isInstanceOf(NoFace.class);
    assertThat(view().norm()).isZero();
  }

  @Test
  void without_limits_every_detection_is_a_face() {
    Found low = found(0, 100, 1, 0.7);

    assertThat(new FaceView(List.of(low), null).confirmed()).containsExactly(low.face());
  }
}
