package dev.facet.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

  @Test
  void aKeyRecordIsReadBackWithAllItsFields() {
    KeyRecord full = record("fullfullfullfullfull", "plan", Instant.ofEpochMilli(99));
    KeyRecord bare = record("barebarebarebarebare", null, null);
    keys.put(full);
    keys.put(bare);
    assertThat(keys.find(full.keyId())).contains(full);
    assertThat(keys.find(bare.keyId())).contains(bare);
    assertThat(keys.find(new KeyId("00"))).isEmpty();
    assertThat(keys.list()).contains(full, bare);

    keys.put(full.with(KeyStatus.DISABLED, Instant.ofEpochMilli(7)));
    assertThat(keys.find(full.keyId()).orElseThrow().status()).isEqualTo(KeyStatus.DISABLED);
    keys.delete(full.keyId());
    keys.delete(full.keyId());
    assertThat(keys.find(full.keyId())).isEmpty();
  }

  @Test
  void noItemHoldsTheKeyOrItsDigest() throws Exception {
    String secret = "Zs4rTq9LmW2xKv7BnYc3HdJf8Gp1QaEu5RtOiXlM";
    keys.put(record(secret, "plan", null));
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
  void tablesThatAreThereAreLeftAlone() {
    KeyRecord record = record("againagainagainagain", null, null);
    keys.put(record);
    tables().create(client());
    assertThat(keys.find(record.keyId())).contains(record);
  }

  @Test
  void anApplicationIsReadBackWithItsSettings() {
    Application application =
        new Application(
            new ApplicationId(UUID.randomUUID()), 0.375, 8000, true, Application.EnrolAnswer.FAIL);
    applications.put(application);
    assertThat(applications.find(application.id())).contains(application);
    applications.put(application.keepingImages(false));
    assertThat(applications.find(application.id()).orElseThrow().keepImages()).isFalse();
    assertThat(applications.find(new ApplicationId(UUID.randomUUID()))).isEmpty();
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
