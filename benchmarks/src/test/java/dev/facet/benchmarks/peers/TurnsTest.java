package dev.facet.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  @Test
  void everyoneLeadsInTurn() {
    List<String> all = List.of("a", "b", "c");
    assertThat(Turns.order(all, 0)).containsExactly("a", "b", "c");
    assertThat(Turns.order(all, 1)).containsExactly("b", "c", "a");
    assertThat(Turns.order(all, 3)).containsExactly("a", "b", "c");
  }
}
