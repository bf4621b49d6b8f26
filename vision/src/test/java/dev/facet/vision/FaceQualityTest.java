package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_imgproc.blur;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.Measurability.QualityPoint;
import dev.facet.models.TinyBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceQualityTest {

  private static final Measurability LIMITS =
      new Measurability(
          11.5, 10.6, 9.9, 0.5, List.of(new QualityPoint(8, 0.1), new QualityPoint(12, 0.9)));

  private static BundleManifest tiny;

  @BeforeAll
  static void tiny(@TempDir Path folder) throws IOException {
    new TinyBundle(4).write(folder);
    tiny = Bundle.open(folder).manifest();
  }

  private static FaceQuality.Assessment assess(Mat aligned, double norm) {
    return new FaceQuality(Manifests.with(tiny, LIMITS), true).assess(aligned, norm, 120, 0, 0);
  }

  private static Mat sharp() {
    return Textures.colours();
  }

  private static Mat smeared() {
    Mat smeared = new Mat();
    blur(sharp(), smeared, new Size(15, 1));
    return smeared;
  }

  @Test
  void a_sharp_face_of_sufficient_norm_is_measurable() {
    assertThat(assess(sharp(), 9.9).measurable()).isTrue();
  }

  @Test
  void a_face_whose_norm_is_too_small_is_not_measurable() {
    FaceQuality.Assessment assessed = assess(sharp(), 9.8);

    assertThat(assessed.measurable()).isFalse();
    assertThat(assessed.weakness()).isEqualTo(FaceQuality.FACE_LIKENESS);
  }

  @Test
  void a_smeared_face_is_not_measurable_although_its_norm_is_usual() {
    FaceQuality.Assessment assessed = assess(smeared(), 13);

    assertThat(assessed.measurable()).isFalse();
    assertThat(assessed.weakness()).isEqualTo(FaceQuality.MOTION_BLUR);
  }

  @Test
  void the_quality_is_the_probability_that_a_comparison_succeeds() {
    assertThat(assess(sharp(), 10).quality()).isCloseTo(0.5, within(1e-9));
    assertThat(assess(sharp(), 15).quality()).isEqualTo(0.9);
    assertThat(assess(smeared(), 10).quality()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void another_component_is_named_where_it_is_the_cause() {
    Mat dark = new Mat();
    sharp().convertTo(dark, -1, 0.05, 0);

    assertThat(assess(dark, 9).weakness()).isEqualTo("exposure");
  }

  @Test
  void without_a_gate_everything_is_measurable() {
    FaceQuality open = new FaceQuality(Manifests.with(tiny, LIMITS), false);
    FaceQuality first = new FaceQuality(Manifests.with(tiny, null), true);

    assertThat(open.assess(smeared(), 2, 120, 0, 0).measurable()).isTrue();
    assertThat(first.assess(smeared(), 2, 120, 0, 0).measurable()).isTrue();
  }
}
