package dev.facet.local.apigateway.keys;

import static dev.facet.core.plans.UsageVerdict.ADMITTED;
import static dev.facet.core.plans.UsageVerdict.QUOTA_SPENT;
import static dev.facet.core.plans.UsageVerdict.THROTTLED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.plans.UsageMeter;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageMeterTest {

  private static final UUID KEY = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000002");

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-03-31T23:59:00Z");
  private UsageLedger ledger;
  private UsageMeter meter;

  @BeforeEach
  void open() {
    ledger = new UsageLedger(folder.resolve("usage.json"));
    meter = new UsageMeter(ledger, () -> now);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void a_burst_passes_and_then_the_sustained_rate() {
    UsagePlan plan = new UsagePlan("p", 2, 5, null);
    assertThat(admitted(plan, 10)).isEqualTo(5);
    now = now.plusMillis(500);
    assertThat(admitted(plan, 10)).isEqualTo(1);
    now = now.plusSeconds(1);
    assertThat(admitted(plan, 10)).isEqualTo(2);
    now = now.plusSeconds(3600);
    assertThat(admitted(plan, 10)).isEqualTo(5);
  }

  @Test
  void each_key_has_a_bucket_and_a_quota_of_its_own() {
    UsagePlan plan = new UsagePlan("p", 1, 1, new Quota(1, Period.DAY));
    assertThat(meter.admit(KEY, plan)).isEqualTo(ADMITTED);
    assertThat(meter.admit(OTHER, plan)).isEqualTo(ADMITTED);
    assertThat(meter.admit(KEY, plan)).isEqualTo(THROTTLED);
  }

  @Test
  void a_throttled_request_does_not_count_against_the_quota() {
    UsagePlan plan = new UsagePlan("p", 1, 1, new Quota(2, Period.DAY));
    assertThat(admitted(plan, 10)).isEqualTo(1);
    now = now.plusSeconds(1);
    assertThat(meter.admit(KEY, plan)).isEqualTo(ADMITTED);
    now = now.plusSeconds(1);
    assertThat(meter.admit(KEY, plan)).isEqualTo(QUOTA_SPENT);
  }

  @Test
  void a_clock_that_goes_back_gives_nothing_away() {
    UsagePlan plan = new UsagePlan("p", 1, 1, null);
    assertThat(meter.admit(KEY, plan)).isEqualTo(ADMITTED);
    now = now.minus(Duration.ofHours(1));
    assertThat(meter.admit(KEY, plan)).isEqualTo(THROTTLED);
  }

  @Test
  void another_plan_takes_effect_at_once() {
    assertThat(admitted(new UsagePlan("p", 1, 1, null), 5)).isEqualTo(1);
    assertThat(admitted(new UsagePlan("p", 1, 3, null), 5)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "DAY,   2026-03-31T00:00:00Z, 2026-03-31T23:59:59Z, 2026-04-01T00:00:00Z",
    "WEEK,  2026-03-30T00:00:00Z, 2026-04-05T23:59:59Z, 2026-04-06T00:00:00Z",
    "MONTH, 2026-03-01T00:00:00Z, 2026-03-31T23:59:59Z, 2026-04-01T00:00:00Z"
  })
  void a_quota_lasts_for_a_calendar_period(
      Period period, Instant first, Instant last, Instant next) {
    UsagePlan plan = new UsagePlan("p", 1000, 1000, new Quota(3, period));
    now = first;
    assertThat(admitted(plan, 2)).isEqualTo(2);
    now = last;
    assertThat(meter.admit(KEY, plan)).isEqualTo(ADMITTED);
    assertThat(meter.admit(KEY, plan)).isEqualTo(QUOTA_SPENT);
    now = next;
    assertThat(meter.admit(KEY, plan)).isEqualTo(ADMITTED);
  }

  @Test
  void a_quota_outlives_a_restart() {
    UsagePlan plan = new UsagePlan("p", 1000, 1000, new Quota(3, Period.MONTH));
    assertThat(admitted(plan, 2)).isEqualTo(2);
    ledger.close();
    open();
    assertThat(admitted(plan, 5)).isEqualTo(1);
  }

  private int admitted(UsagePlan plan, int requests) {
    return (int)
        IntStream.range(0, requests).filter(i -> meter.admit(KEY, plan) == ADMITTED).count();
  }
}
