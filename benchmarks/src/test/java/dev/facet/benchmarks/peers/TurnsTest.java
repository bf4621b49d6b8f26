package dev.facet.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {

  @Test
  void everyone_leads_in_turn_in_alternating_directions() {
    List<String> all = List.of("a", "b", "c");
    assertThat(Turns.order(all, 0)).containsExactly("a", "b", "c");
    assertThat(Turns.order(all, 1)).containsExactly("b", "a", "c");
    assertThat(Turns.order(all, 2)).containsExactly("c", "a", "b");
    assertThat(Turns.order(all, 3)).containsExactly("a", "c", "b");
    assertThat(Turns.order(all, 6)).containsExactly("a", "b", "c");
    assertThat(Turns.order(all, -1)).containsExactly("c", "b", "a");
  }

  @Test
  void one_contender_is_alone() {
    assertThat(Turns.order(List.of("a"), 5)).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void each_contender_leads_and_follows_both_neighbours_equally_often(int count) {
    List<Integer> all = IntStream.range(0, count).boxed().toList();
    Map<Integer, Set<List<Integer>>> ordersByLeader = new HashMap<>();
    Map<List<Integer>, Integer> following = new HashMap<>();
    for (int turn = -count; turn < count; turn++) {
      List<Integer> order = Turns.order(all, turn);
      assertThat(order).containsExactlyInAnyOrderElementsOf(all);
      ordersByLeader.computeIfAbsent(order.getFirst(), _ -> new HashSet<>()).add(order);
      for (int place = 1; place < count; place++) {
        following.merge(List.of(order.get(place - 1), order.get(place)), 1, Integer::sum);
      }
    }
    assertThat(ordersByLeader).hasSize(count);
    if (count > 2) {
      assertThat(ordersByLeader.values()).allSatisfy(orders -> assertThat(orders).hasSize(2));
    }
    assertThat(following.values()).containsOnly(count == 2 ? 2 : count - 1);
  }
}
