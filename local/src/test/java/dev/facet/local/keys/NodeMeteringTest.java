package dev.facet.local.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.Metering.Verdict;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMeteringTest {

  @Test
  void aKeyThatTheGatewayDoesNotKnowHasNoLimits(@TempDir Path folder) {
    UsagePlan plan = new UsagePlan("default", 1, 1, null);
    try (UsageLedger ledger = new UsageLedger(folder.resolve("usage.json"))) {
      NodeMetering metering =
          new NodeMetering(
              new LocalGatewayKeys(folder.resolve("keys.json"), plan),
              new UsageMeter(ledger, InstantSource.system()));
      for (int i = 0; i < 5; i++) {
        assertThat(metering.admit(new ApiKey("FacetEventKey000000000000001")))
            .isEqualTo(Verdict.ADMITTED);
      }
    }
  }
}
