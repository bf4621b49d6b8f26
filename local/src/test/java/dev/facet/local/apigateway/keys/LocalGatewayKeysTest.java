package dev.facet.local.apigateway.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.core.plans.UsagePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalGatewayKeysTest {

  private static final ApiKey KEY = new ApiKey("AnApiKey000000000000000000000001");
  private static final UsagePlan STANDARD = new UsagePlan("default", 10, 10, null);

  @TempDir private Path folder;
  private LocalGatewayKeys keys;

  @BeforeEach
  void open() {
    keys = new LocalGatewayKeys(folder.resolve("keys.json"), STANDARD, new Random(1));
  }

  @Test
  void a_key_counts_once_it_is_on_a_plan() {
    KeyRecord record = record("default");
    keys.create(record, KEY);
    assertThat(keys.admitted(KEY)).isEmpty();
    assertThat(keys.find(record.id())).hasValueSatisfying(p -> assertThat(p.planned()).isFalse());
    keys.join(record);
    assertThat(keys.admitted(KEY)).hasValue(new LocalGatewayKeys.Admitted(record.id(), STANDARD));
  }

  @Test
  void every_step_may_be_repeated() {
    KeyRecord record = record("default");
    keys.create(record, KEY);
    keys.join(record);
    keys.create(record, KEY);
    assertThat(keys.admitted(KEY)).isPresent();
    keys.delete(record.id());
    keys.delete(record.id());
    keys.enable(record.id(), true);
    assertThat(keys.find(record.id())).isEmpty();
  }

  @Test
  void an_unknown_plan_is_refused() {
    keys.create(record("gold"), KEY);
    assertThatThrownBy(() -> keys.join(record("gold"))).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void a_restart_finds_keys_and_plans() {
    keys.put(new UsagePlan("gold", 99, 99, new UsagePlan.Quota(7, UsagePlan.Period.WEEK)));
    KeyRecord record = record("gold");
    keys.create(record, KEY);
    keys.join(record);
    keys.enable(record.id(), false);
    open();
    assertThat(keys.admitted(KEY)).isEmpty();
    keys.enable(record.id(), true);
    open();
    assertThat(keys.admitted(KEY))
        .hasValueSatisfying(admitted -> assertThat(admitted.plan().rate()).isEqualTo(99));
  }

  @Test
  void the_file_holds_neither_the_key_nor_its_sha256() throws Exception {
    keys.create(record("default"), KEY);
    String file = Files.readString(folder.resolve("keys.json"));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.secret().getBytes(US_ASCII));
    assertThat(file)
        .contains(KeyId.of(KEY).hex())
        .doesNotContain(KEY.secret())
        .doesNotContainIgnoringCase(HexFormat.of().formatHex(hash));
  }

  @Test
  void only_the_owner_may_read_the_file() throws IOException {
    keys.create(record("default"), KEY);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("keys.json"))))
        .isEqualTo("rw-------");
  }

  private static KeyRecord record(String plan) {
    return KeyRecord.of(
        UUID.fromString("00000000-0000-4000-8000-000000000001"),
        KEY,
        new ApplicationId(UUID.fromString("00000000-0000-4000-8000-000000000002")),
        new NewKey(null, null, plan, null, null),
        KeyStatus.PENDING,
        Instant.parse("2026-01-01T00:00:00Z"));
  }
}
