package dev.facet.core.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

  private static final IdempotencyKey KEY = new IdempotencyKey("order-17");

  /** From {@code printf '\0\0\0\4POST\0\0\0\14/v1/subjects\0\0\0\10order-17' | sha256sum}. */
  @Test
  void the_operation_is_the_digest_of_method_path_and_key() {
    assertThat(KEY.operation("POST", "/v1/subjects").value())
        .isEqualTo("149d60d3f670b550da7f3e3ce53378966ddc244d37c0b6137da9bf2508549469");
  }

  @Test
  void the_same_key_on_another_route_is_another_operation() {
    assertThat(KEY.operation("POST", "/v1/subjects"))
        .isEqualTo(KEY.operation("POST", "/v1/subjects"))
        .isNotEqualTo(KEY.operation("PUT", "/v1/subjects"))
        .isNotEqualTo(KEY.operation("POST", "/v1/subjects/1"))
        .isNotEqualTo(new IdempotencyKey("order-18").operation("POST", "/v1/subjects"));
  }

  @Property(tries = 200)
  void text_cannot_move_from_one_part_to_the_next(@ForAll String left, @ForAll String right) {
    if (!left.isEmpty()) {
      assertThat(Digest.of(left, right)).isNotEqualTo(Digest.of("", left + right));
    }
    assertThat(Digest.of(left, right)).isNotEqualTo(Digest.of(left + right));
  }
}
