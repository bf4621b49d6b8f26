package dev.facet.core.plans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.fakes.InMemoryPlans;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CachedPlansTest {

  private final InMemoryPlans stored = new InMemoryPlans();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int lookUps;
  private int refusals;
  private final CachedPlans plans =
      new CachedPlans(refusing(), () -> now, new Retries(() -> now, this::later, new Random(7)));

  /** The store as it is, but for some refusals at first. */
  private PlanStore refusing() {
    return id -> {
      lookUps++;
      if (refusals > 0) {
        refusals--;
        throw new TransientFault(Kind.THROTTLED, "on purpose");
      }
      return stored.find(id);
    };
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private UsagePlan store(int burst) {
    UsagePlan plan = new UsagePlan("p", 1, burst, null);
    stored.put(PlanRecord.open(plan));
    return plan;
  }

  @Test
  void a_plan_is_remembered_for_a_minute_and_so_is_that_there_is_none() {
    assertThat(plans.apply("p")).isEmpty();
    UsagePlan first = store(1);
    later(Duration.ofSeconds(59));
    assertThat(plans.apply("p")).isEmpty();
    later(Duration.ofSeconds(1));
    assertThat(plans.apply("p")).contains(first);
    UsagePlan second = store(2);
    later(Duration.ofSeconds(59));
    assertThat(plans.apply("p")).contains(first);
    later(Duration.ofSeconds(1));
    assertThat(plans.apply("p")).contains(second);
    assertThat(lookUps).isEqualTo(3);
  }

  @Test
  void a_store_that_throttles_is_asked_again() {
    UsagePlan plan = store(1);
    refusals = 5;
    assertThat(plans.apply("p")).contains(plan);
    assertThat(lookUps).isEqualTo(6);
  }

  @Test
  void the_number_of_cached_plans_is_bounded() {
    plans.apply("p");
    for (int i = 0; i < 1_000; i++) {
      plans.apply("plan-" + i);
    }
    int before = lookUps;
    plans.apply("plan-999");
    assertThat(lookUps).isEqualTo(before);

    plans.apply("p");
    assertThat(lookUps).isEqualTo(before + 1);
  }
}
