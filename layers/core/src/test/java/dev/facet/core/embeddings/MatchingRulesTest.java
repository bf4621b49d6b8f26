package dev.facet.core.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingRulesTest {

  private static final ModelVersion V3 = new ModelVersion("FACE3_3");

  @Test
  void a_setting_names_what_differs_from_the_default() {
    MatchingRules rules =
        MatchingRules.parse(" FACE3_3/face=1.1,0.95,0.7\tFACE3_1/palm=0.5,0.4,1 ");

    assertThat(rules.of(V3, "face")).isEqualTo(new MatchThresholds(1.1, 0.95, new Consensus(0.7)));
    assertThat(rules.of(V3, "palm")).isEqualTo(MatchThresholds.DEFAULT);
    assertThat(rules.of(new ModelVersion("FACE3_1"), "palm").duplicate()).isEqualTo(0.4);
    assertThat(MatchingRules.parse("")).isEqualTo(MatchingRules.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FACE3_3=1,1,1",
        "FACE3_3/face",
        "FACE3_3/face=1,1",
        "FACE3_3/face=1,2,1",
        "FACE3_3/face=a,b,c",
        "FACE3_3/face=1,1,3"
      })
  void anything_else_is_refused(String setting) {
    assertThatThrownBy(() -> MatchingRules.parse(setting))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "face3_1", "FACE3", "FACE3_", "FACE3_1 ", "FACE3_1\n", "FACE3_1/x"})
  void a_version_has_a_form(String text) {
    assertThatThrownBy(() -> ModelVersion.parse(text))
        .hasMessage("version must match [A-Z]+[0-9]+_[0-9]+.");
  }
}
