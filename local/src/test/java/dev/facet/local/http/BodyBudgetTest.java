package dev.facet.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BodyBudgetTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final BodyBudget budget = new BodyBudget(10 * 1024);

  @Test
  void shares_are_given_up_to_the_budget() throws Exception {
    budget.take(6 * 1024, LONG).orElseThrow();
    budget.take(4 * 1024, LONG).orElseThrow();

    assertThat(budget.take(1, Duration.ZERO)).isEmpty();
  }

  @Test
  void a_returned_share_is_given_to_one_who_waits() throws Exception {
    BodyBudget.Share all = budget.take(10 * 1024, LONG).orElseThrow();
    Thread returning = Thread.startVirtualThread(all::close);

    assertThat(budget.take(10 * 1024, LONG)).isPresent();
    returning.join();
  }

  @Test
  void a_body_over_the_budget_takes_all_of_it() throws Exception {
    assertThat(budget.take(1 << 30, LONG)).isPresent();

    assertThat(budget.take(1, Duration.ZERO)).isEmpty();
  }
}
