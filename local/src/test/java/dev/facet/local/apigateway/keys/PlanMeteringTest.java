package dev.facet.local.apigateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.KeyGrant;
import dev.facet.core.keys.PlanRateLimiter;
import dev.facet.core.plans.UsageMeter;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsageVerdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanMeteringTest {

  @TempDir Path folder;
  private UsageLedger ledger;
  private PlanRateLimiter metering;

  @BeforeEach
  void twoRequestsAtOnce() {
    UsagePlan plan = new UsagePlan("slow", "slow", 1, 2, null, null);
    ledger = new UsageLedger(folder.resolve("usage.json"));
    metering =
        new PlanRateLimiter(
            new LocalGatewayKeys(folder.resolve("keys.json"), plan, new Random(1))::find,
            new UsageMeter(ledger, () -> Instant.EPOCH));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void a_key_is_held_to_the_plan_of_its_record_though_the_gateway_does_not_know_it() {
    KeyGrant key = key("slow");

    assertThat(metering.admit(key)).isEqualTo(UsageVerdict.ADMITTED);
    assertThat(metering.admit(key)).isEqualTo(UsageVerdict.ADMITTED);
    assertThat(metering.admit(key)).isEqualTo(UsageVerdict.THROTTLED);
    assertThat(metering.admit(key("slow"))).isEqualTo(UsageVerdict.ADMITTED);
  }

  @Test
  void a_key_without_a_plan_has_no_limits() {
    KeyGrant key = key(null);

    for (int i = 0; i < 5; i++) {
      assertThat(metering.admit(key)).isEqualTo(UsageVerdict.ADMITTED);
    }
  }

  private static KeyGrant key(@Nullable String plan) {
    Application application = Application.withDefaults(new ApplicationId(UUID.randomUUID()));
    return new KeyGrant(application, UUID.randomUUID(), plan, null);
  }
}
