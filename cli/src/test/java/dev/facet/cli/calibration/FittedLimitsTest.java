package dev.facet.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.cli.calibration.QualityCurve.Observation;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.Measurability.QualityPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FittedLimitsTest {

  @Test
  void the_gate_lies_between_clean_faces_and_the_corner() {
    FittedLimits limits = fit(new FaceSets(8, 4).corner("upside down 180°").faces(), true);
    assertThat(limits.usualNorm()).isCloseTo(FaceSets.CLEAN_NORM, within(0.3));
    assertThat(limits.fullWeightNorm()).isBetween(12.0, limits.usualNorm());
    assertThat(limits.gate().bounded()).isTrue();
    assertThat(limits.gate().cleanRefused()).isZero();
    assertThat(limits.gate().minNorm()).isBetween(FaceSets.CORNER_NORM + 1, 13.0);
    assertThat(limits.gate().minDirectionalSharpness()).isLessThan(0.8);
  }

  @Test
  void smeared_faces_of_usual_norm_are_refused_by_their_sharpness() {
    FittedLimits limits = fit(new FaceSets(8, 4).smeared("motion blur 0.6").faces(), false);
    assertThat(limits.gate().bounded()).isTrue();
    assertThat(limits.gate().minDirectionalSharpness()).isBetween(0.2, 0.8);
    assertThat(limits.fullWeightNorm()).isNull();
  }

  @Test
  void mildly_degraded_faces_are_admitted() {
    FittedLimits limits =
        fit(new FaceSets(8, 4).corner("upside down 180°").harmless("dark × 0.2").faces(), true);
    assertThat(limits.gate().minNorm()).isBetween(FaceSets.CORNER_NORM + 1, 12.0);
    assertThat(limits.gate().bounded()).isTrue();
  }

  @Test
  void the_anchor_is_raised_where_no_gate_can_refuse() {
    DegradedFaces covered = new FaceSets(8, 4).covered("sunglasses").faces();
    FittedLimits raised = fit(covered, true);
    FittedLimits fixed = fit(covered, false);
    assertThat(fixed.gate().bounded()).isFalse();
    assertThat(raised.c0()).isGreaterThan(fixed.c0());
    assertThat(raised.gate().bounded()).isTrue();
  }

  @Test
  void kinds_for_validation_do_not_change_a_fit() {
    FittedLimits without = fit(new FaceSets(8, 4).corner("upside down 180°").faces(), true);
    FittedLimits with =
        fit(new FaceSets(8, 4).corner("upside down 180°").smeared("defocus 0.2").faces(), true);
    assertThat(with.gate()).isEqualTo(without.gate());
    assertThat(with.quality()).isEqualTo(without.quality());
  }

  @Test
  void the_limits_form_a_valid_manifest() {
    Measurability measurability =
        fit(new FaceSets(8, 4).corner("upside down 180°").faces(), true).measurability(11);
    assertThat(measurability.quality(FaceSets.CORNER_NORM)).isLessThan(0.3);
    assertThat(measurability.quality(FaceSets.CLEAN_NORM)).isGreaterThan(0.9);
  }

  @Test
  void a_curve_never_falls_and_follows_the_truth() {
    RandomGenerator random = Populations.random(3);
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      double norm = 8 + 6 * random.nextDouble();
      observations.add(new Observation(norm, random.nextDouble() < (norm - 8) / 6 ? 1 : 0));
    }
    List<QualityPoint> curve = QualityCurve.fit(observations);
    assertThat(curve).hasSizeBetween(8, 16);
    Measurability limits = new Measurability(null, 0, 0, 0, curve);
    for (double norm = 9; norm <= 13; norm += 0.5) {
      assertThat(limits.quality(norm)).isCloseTo((norm - 8) / 6, within(0.07));
    }
  }

  @Test
  void observations_against_the_trend_are_pooled() {
    List<QualityPoint> curve =
        QualityCurve.fit(
            List.of(new Observation(1, 0), new Observation(2, 1), new Observation(3, 0)));
    assertThat(curve).containsExactly(new QualityPoint(1, 0), new QualityPoint(2.5, 0.5));
  }

  private static FittedLimits fit(DegradedFaces faces, boolean weighs) {
    return FittedLimits.fit(faces, faces, weighs);
  }
}
