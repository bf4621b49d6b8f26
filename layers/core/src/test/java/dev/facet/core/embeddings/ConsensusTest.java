package dev.facet.core.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.gallery.Template;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which embeddings of a request are trusted. */
class ConsensusTest {

  private static final Consensus CONSENSUS = new Consensus(0.8);
  private static final Template EAST = at(0);
  private static final Template NEAR_EAST = at(20);
  private static final Template NORTH_EAST = at(45);
  private static final Template WEST = at(180);
  private static final Template SOUTH = at(270);

  @Test
  void a_single_embedding_is_always_trusted() {
    assertThat(CONSENSUS.of(List.of(WEST))).containsExactly(WEST);
  }

  @Test
  void those_that_agree_with_the_medoid_are_kept_in_their_order() {
    assertThat(CONSENSUS.of(List.of(WEST, NORTH_EAST, NEAR_EAST, EAST)))
        .containsExactly(NORTH_EAST, NEAR_EAST, EAST);
  }

  @Test
  void two_that_disagree_leave_none() {
    assertThat(CONSENSUS.of(List.of(EAST, WEST))).isEmpty();
  }

  @Test
  void fewer_than_half_agreeing_leave_none() {
    // 0°, 120° and 240° disagree pairwise; doubled once, the pair is two of four and stays
    assertThat(CONSENSUS.of(List.of(at(0), at(120), at(240)))).isEmpty();
    assertThat(CONSENSUS.of(List.of(at(0), at(0), at(120), at(240)))).hasSize(2);
    assertThat(CONSENSUS.of(List.of(at(0), at(0), at(90), at(180), at(270)))).isEmpty();
  }

  @Test
  void the_bound_itself_still_agrees() {
    assertThat(new Consensus(1.0).of(List.of(EAST, SOUTH))).hasSize(2);
    assertThat(new Consensus(0.9999).of(List.of(EAST, SOUTH))).isEmpty();
  }

  @Test
  void a_distance_out_of_range_is_refused() {
    assertThatThrownBy(() -> new Consensus(2.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Consensus(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Template at(double degrees) {
    double angle = Math.toRadians(degrees);
    // exact quarter turns: sin(180°) is not quite 0
    return Template.normalised(
        "face", new float[] {rounded(Math.cos(angle)), rounded(Math.sin(angle))});
  }

  private static float rounded(double value) {
    return Math.round(value * 1e6) / 1e6f;
  }
}
