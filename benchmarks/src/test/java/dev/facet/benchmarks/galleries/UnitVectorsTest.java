package dev.facet.benchmarks.galleries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.core.gallery.Template;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnitVectorsTest {

  @Test
  void random_vectors_are_templates() {
    float[] vector = UnitVectors.random(512, new SplittableRandom(1));
    assertThat(new Template("face", vector).dimension()).isEqualTo(512);
    assertThat(UnitVectors.dotProduct(vector, vector)).isEqualTo(1, within(1e-5));
  }

  @Test
  void two_random_vectors_are_almost_orthogonal() {
    SplittableRandom random = new SplittableRandom(1);
    float[] one = UnitVectors.random(512, random);
    assertThat(UnitVectors.dotProduct(one, UnitVectors.random(512, random))).isBetween(-0.3, 0.3);
  }
}
