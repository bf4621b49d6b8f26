package dev.facet.core.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rate of a key that several meters share, on virtual time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class SharedRateContract {

  /** After any run of the test, since DynamoDB Local deletes items that have expired. */
  private static final Instant BEGIN = Instant.parse("2126-05-05T10:00:00Z");

  private final UUID key = UUID.randomUUID();
  private Instant now = BEGIN;

  /** Returns the buckets that all meters share. */
  protected abstract SharedBuckets buckets();

  private List<UsageMeter> meters(int number) {
    List<UsageMeter> meters = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      meters.add(new UsageMeter((id, quota, today) -> true, buckets(), () -> now));
    }
    return meters;
  }

  private static boolean isAdmitted(UsageMeter meter, UUID key, UsagePlan plan) {
    return meter.admit(key, plan) == UsageVerdict.ADMITTED;
  }

  @ParameterizedTest
  @CsvSource({"5, 10, 8, 100", "50, 100, 20, 400", "20, 1, 5, 60"})
  void many_meters_admit_the_rate_and_the_burst_and_at_most_a_fifth_more(
      double rate, int burst, int meters, int requestsPerSecond) {
    UsagePlan plan = new UsagePlan("p", rate, burst, null);
    List<UsageMeter> all = meters(meters);
    Random random = new Random(7);
    List<Instant> admitted = new ArrayList<>();
    int seconds = 6;
    for (int i = 0; i < seconds * requestsPerSecond; i++) {
      now = BEGIN.plusNanos((long) (i * 1e9 / requestsPerSecond));
      if (isAdmitted(all.get(random.nextInt(meters)), key, plan)) {
        admitted.add(now);
      }
    }

    for (int from = 0; from < admitted.size(); from++) {
      for (int to = from; to < admitted.size(); to++) {
        double time = Duration.between(admitted.get(from), admitted.get(to)).toNanos() / 1e9;
        assertThat(to - from + 1)
            .as("admitted within %s s", time)
            .isLessThanOrEqualTo((int) Math.ceil((rate * time + burst) * 1.2 + 1e-6));
      }
    }
    assertThat(admitted.size())
        .as("admitted of what the plan allows")
        .isGreaterThan((int) (0.75 * (rate * (seconds - 1) + burst)));
  }

  @Test
  void a_burst_at_many_meters_at_once_is_one_burst() {
    UsagePlan plan = new UsagePlan("p", 5, 10, null);
    long admitted = meters(40).stream().filter(meter -> isAdmitted(meter, key, plan)).count();
    assertThat(admitted).isEqualTo(10);
  }

  @Test
  void another_key_has_a_bucket_of_its_own() {
    UsagePlan plan = new UsagePlan("p", 1, 1, null);
    List<UsageMeter> meters = meters(2);
    assertThat(isAdmitted(meters.get(0), key, plan)).isTrue();
    assertThat(isAdmitted(meters.get(1), key, plan)).isFalse();
    assertThat(isAdmitted(meters.get(1), UUID.randomUUID(), plan)).isTrue();
  }

  @Test
  void after_a_pause_the_bucket_is_full_again() {
    UsagePlan plan = new UsagePlan("p", 2, 4, null);
    for (int round = 0; round < 3; round++) {
      long admitted = meters(12).stream().filter(meter -> isAdmitted(meter, key, plan)).count();
      assertThat(admitted).isEqualTo(4);
      now = now.plusSeconds(60);
    }
  }
}
