package dev.facet.core.plans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.fakes.InMemoryBuckets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharedRateTest extends SharedRateContract {

  private static final UUID KEY = new UUID(1, 2);
  private static final UsagePlan STANDARD = new UsagePlan("p", 200, 400, null);

  private final InMemoryBuckets buckets = new InMemoryBuckets();
  private Instant time = Instant.parse("2026-05-05T10:00:00Z");
  private final UsageMeter meter = new UsageMeter((id, quota, today) -> true, buckets, () -> time);

  @Override
  protected SharedBuckets buckets() {
    return buckets;
  }

  @Test
  void a_busy_process_far_below_the_rate_calls_the_store_rarely() {
    int requests = 500;
    for (int i = 0; i < requests; i++) {
      assertThat(meter.admit(KEY, STANDARD)).isEqualTo(UsageVerdict.ADMITTED);
      time = time.plusMillis(20);
    }
    assertThat(buckets.calls).isLessThan(requests / 8);
  }

  @Test
  void an_outage_leaves_this_process_alone_with_the_rate() {
    buckets.down = true;
    int admitted = 0;
    for (int i = 0; i < 1000; i++) {
      admitted += meter.admit(KEY, STANDARD) == UsageVerdict.ADMITTED ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(STANDARD.burst());
    assertThat(buckets.calls).isEqualTo(1);
  }

  @Test
  void an_outage_is_noticed_to_end_after_growing_pauses() {
    buckets.down = true;
    for (int second = 0; second < 60; second++) {
      meter.admit(KEY, STANDARD);
      time = time.plusSeconds(1);
    }
    // after 1, 2, 4, 8, 16 and 30 seconds
    assertThat(buckets.calls).isEqualTo(6);

    buckets.down = false;
    time = time.plusSeconds(30);
    meter.admit(KEY, STANDARD);
    meter.admit(KEY, STANDARD);
    assertThat(buckets.calls).isGreaterThan(6);
  }
}
