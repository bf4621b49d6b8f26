package dev.facet.local.apigateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class UsageLedgerTest {

  private static final UUID KEY = new UUID(1, 1);
  private static final UUID OTHER = new UUID(2, 2);
  private static final LocalDate TODAY = LocalDate.parse("2026-11-27");

  @TempDir private Path folder;

  @Test
  void usage_is_written_when_there_is_room_again() throws Exception {
    Path data = folder.resolve("data");
    Path file = data.resolve("usage.json");
    try (UsageLedger ledger = new UsageLedger(file)) {
      spend(ledger, KEY, Period.DAY, TODAY);
      // the folder is missing, so writes fail; a second one follows after a second
      Thread.sleep(1500);
      Files.createDirectory(data);
      while (!Files.exists(file)) {
        Thread.sleep(20);
      }
      assertThat(Files.readString(file)).contains(KEY.toString());
    }
  }

  @Test
  void a_ledger_that_cannot_be_written_is_closed_all_the_same() {
    UsageLedger ledger = new UsageLedger(folder.resolve("missing/usage.json"));
    spend(ledger, KEY, Period.DAY, TODAY);
    ledger.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void usage_of_the_month_stays_and_that_of_keys_no_longer_used_goes() throws Exception {
    Path file = folder.resolve("usage.json");
    try (UsageLedger ledger = new UsageLedger(file)) {
      spend(ledger, OTHER, Period.MONTH, TODAY.minusMonths(2));
      spend(ledger, KEY, Period.MONTH, TODAY);
    }
    assertThat(Files.readString(file)).contains(KEY.toString()).doesNotContain(OTHER.toString());
    try (UsageLedger ledger = new UsageLedger(file)) {
      spend(ledger, OTHER, Period.DAY, TODAY.plusDays(3));
      assertThat(ledger.spend(KEY, new Quota(1, Period.MONTH), TODAY.plusDays(3))).isFalse();
    }
  }

  private static void spend(UsageLedger ledger, UUID key, Period period, LocalDate day) {
    assertThat(ledger.spend(key, new Quota(10, period), day)).isTrue();
  }
}
