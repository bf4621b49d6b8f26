package dev.facet.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.core.revision.Revisioned;
import java.lang.reflect.Proxy;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Key records and applications, wherever the tables are. */
abstract class KeysAndApplicationsContract {

  /** Where the tables are. */
  abstract DynamoDbClient client();

  /** What they are called. */
  abstract Tables tables();

  private final DynamoKeyStore keys = new DynamoKeyStore(client(), tables());
  private final DynamoApplicationStore applications =
      new DynamoApplicationStore(client(), tables());
  // a table may drop what has expired by its own clock
  private Instant now = Instant.parse("2126-03-03T12:00:00Z");

  @Test
  void a_key_record_is_read_back_with_all_its_fields() {
    KeyRecord full = record("fullfullfullfullfull", "plan", Instant.ofEpochMilli(99));
    KeyRecord bare = record("barebarebarebarebare", null, null);
    Revisioned<KeyRecord> first = keys.put(null, full);
    keys.put(null, bare);
    assertThat(keys.find(full.keyId())).contains(full);
    assertThat(keys.find(bare.keyId())).contains(bare);
    assertThat(keys.find(new KeyId("00"))).isEmpty();
    assertThat(keys.list()).extracting(Revisioned::value).contains(full, bare);

    Revisioned<KeyRecord> second =
        keys.put(first, full.with(KeyStatus.DISABLED, Instant.ofEpochMilli(7)));
    assertThat(keys.find(full.keyId()).orElseThrow().status()).isEqualTo(KeyStatus.DISABLED);
    keys.delete(second);
    keys.delete(second);
    assertThat(keys.find(full.keyId())).isEmpty();
  }

  @Test
  void no_item_holds_the_key_or_its_digest() throws Exception {
    String secret = "Zs4rTq9LmW2xKv7BnYc3HdJf8Gp1QaEu5RtOiXlM";
    keys.put(null, record(secret, "plan", null));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
    for (String table : new String[] {tables().keys(), tables().data()}) {
      String items = client().scan(scan -> scan.tableName(table)).items().toString();
      assertThat(items)
          .doesNotContain(secret)
          .doesNotContainIgnoringCase(HexFormat.of().formatHex(digest))
          .doesNotContain(Base64.getEncoder().encodeToString(digest));
    }
    assertThat(client().scan(scan -> scan.tableName(tables().keys())).items())
        .anyMatch(item -> item.toString().contains(KeyId.of(new ApiKey(secret)).hex()));
  }

  @Test
  void tables_that_are_there_are_left_alone() {
    KeyRecord record = record("againagainagainagain", null, null);
    keys.put(null, record);
    tables().create(client());
    assertThat(keys.find(record.keyId())).contains(record);
  }

  @Test
  void an_application_is_read_back_with_its_settings() {
    Application application =
        new Application(
            new ApplicationId(UUID.randomUUID()), 0.375, 8000, true, Application.EnrolAnswer.FAIL);
    Revisioned<Application> first = applications.put(null, application);
    assertThat(applications.find(application.id())).contains(application);
    applications.put(first, application.keepingImages(false));
    assertThat(applications.find(application.id()).orElseThrow().keepImages()).isFalse();
    assertThat(applications.find(new ApplicationId(UUID.randomUUID()))).isEmpty();
  }

  @Test
  void a_plan_is_read_back_and_forgotten() {
    DynamoPlanStore plans = new DynamoPlanStore(client(), tables());
    UsagePlan limited =
        new UsagePlan("a1b2c3", "gold", 0.5, 3, new Quota(1000, Period.WEEK), "product");
    UsagePlan free = new UsagePlan("d4e5f6", Double.POSITIVE_INFINITY, Integer.MAX_VALUE, null);
    Revisioned<PlanRecord> first = plans.put(null, PlanRecord.open(limited));
    plans.put(null, PlanRecord.open(free));
    assertThat(plans.find("a1b2c3")).contains(limited);
    assertThat(plans.find("d4e5f6")).contains(free);
    plans.delete(first);
    assertThat(plans.find("a1b2c3")).isEmpty();
  }

  @Test
  void a_quota_is_for_all_processes_together_and_for_its_period() {
    UUID key = UUID.randomUUID();
    Quota quota = new Quota(250, Period.DAY);
    DynamoUsage one = usage();
    DynamoUsage other = usage();
    assertThat(passed(one, key, quota, 150)).isEqualTo(150);
    // one told its first and then 100: the other does not know of 49 yet
    assertThat(passed(other, key, quota, 500)).isEqualTo(149);
    now = now.plusSeconds(5);
    assertThat(passed(one, key, quota, 500)).isZero();
    assertThat(passed(usage(), key, quota, 500)).isZero();
    assertThat(passed(one, UUID.randomUUID(), quota, 500)).isEqualTo(250);
    now = now.plus(Duration.ofDays(1));
    assertThat(passed(one, key, quota, 500)).isEqualTo(250);
  }

  @Test
  void while_the_table_cant_answer_requests_pass_and_are_counted_later() {
    UUID key = UUID.randomUUID();
    Quota quota = new Quota(20, Period.MONTH);
    boolean[] down = {true};
    DynamoUsage usage = new DynamoUsage(perhaps(down), tables(), () -> now);
    assertThat(passed(usage, key, quota, 15)).isEqualTo(15);
    down[0] = false;
    now = now.plusSeconds(5);
    assertThat(passed(usage, key, quota, 1)).isEqualTo(1);
    assertThat(passed(usage(), key, quota, 500)).isEqualTo(4);
  }

  private DynamoUsage usage() {
    return new DynamoUsage(client(), tables(), () -> now);
  }

  private long passed(DynamoUsage usage, UUID key, Quota quota, int requests) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return IntStream.range(0, requests).filter(i -> usage.spend(key, quota, today)).count();
  }

  /** The same tables, out of reach while it is so. */
  private DynamoDbClient perhaps(boolean[] down) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (down[0]) {
                throw SdkClientException.create("down");
              }
              return method.invoke(client(), arguments);
            });
  }

  private static KeyRecord record(String secret, @Nullable String plan, @Nullable Instant expires) {
    return new KeyRecord(
        UUID.randomUUID(),
        KeyId.of(new ApiKey(secret)),
        new ApplicationId(UUID.randomUUID()),
        plan == null ? null : "customer",
        plan == null ? null : "api",
        plan,
        plan == null ? null : "product",
        plan == null ? null : "AIDA123",
        KeyStatus.ACTIVE,
        Instant.ofEpochMilli(1),
        Instant.ofEpochMilli(2),
        expires);
  }
}
