package dev.facet.core.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void pauses_double_up_to_the_longest() {
    Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(500));

    assertThat(IntStream.rangeClosed(1, 8).mapToLong(n -> backoff.after(n).toMillis()))
        .containsExactly(20L, 40L, 80L, 160L, 320L, 500L, 500L, 500L);
    assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void a_constant_backoff_always_pauses_for_the_same_time() {
    Backoff backoff = Backoff.constant(Duration.ofSeconds(1));

    assertThat(backoff.after(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(100)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void impossible_pauses_are_refused() {
    assertThatThrownBy(() -> new Backoff(Duration.ofMillis(2), Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Backoff.constant(Duration.ofMillis(1)).after(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
